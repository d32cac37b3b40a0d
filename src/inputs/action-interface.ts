/**
 * What the action takes and gives. action.yml and the tables in README.md are written from here.
 */
export interface InputDescription {
  readonly name: InputName;
  /** What action.yml gives where only the runner knows it: an expression. */
  readonly expression?: string | undefined;
  /** What stands in for an input that is absent or empty; `''` for none. */
  readonly default: string;
  readonly description: string;
}

export interface OutputDescription {
  readonly name: string;
  readonly description: string;
}

/** Kept apart from the descriptions, which a run never needs. */
export const DEFAULTS = {
  require: '',
  manifests: '',
  provides: '',
  'allow-unparsable': '',
  'server-version': '',
  fields: 'warn',
  kubeconfig: '',
  context: '',
  server: '',
  'expect-server': '',
  'certificate-authority-data': '',
  token: '',
  'oidc-audience': '',
  cluster: '',
  snapshots: '',
  'snapshot-max-age': '',
  'save-snapshots': '',
  compare: '',
  reports: '',
  'expect-clusters': '',
  cache: 'auto',
  'cache-ttl': '10m',
  'kubectl-cache': 'off',
  timeout: '30s',
  wait: '0s',
  'fail-on': 'missing, unknown',
  'target-version': '',
  exemptions: '',
  baseline: '',
  'update-baseline': 'false',
  'report-directory': '',
  comment: 'false',
  'github-token': '',
} as const satisfies Readonly<Record<string, string>>;

export type InputName = keyof typeof DEFAULTS;

const DESCRIPTIONS: Readonly<Record<InputName, string>> = {
  require:
    'What the cluster must serve, one requirement a line: `apps/v1`, `apps/v1/Deployment verbs=create`, `policy/v1 | policy/v1beta1`, `!extensions/v1beta1`, `gateway.networking.k8s.io/*`. `#` starts a comment.',
  manifests:
    'Globs of YAML and JSON files, one per line, whose objects the cluster must accept. A glob that starts with `!` excludes.',
  provides:
    'Group-versions and kinds that something else than these manifests brings before they are applied, one per line: `cert-manager.io/v1`, `example.com/v1/Widget`. They count as provided.',
  'allow-unparsable': 'Globs, one per line, of files that may fail to parse: they are then left out with a warning.',
  'server-version':
    "A semver range that the server's version must meet, for example `>=1.29 <1.38`. Only numbers are compared: `v1.33.1-gke.100` counts as 1.33.1.",
  fields:
    "Whether the cluster knows every field of `manifests` and takes its value, by the cluster's own schemas: `warn` reports what it does not, `fail` also fails the job, `off` does not ask.",
  kubeconfig:
    'A path to a kubeconfig, or the YAML itself. Without it: the files of `KUBECONFIG` or, where that is not set, `~/.kube/config`; then the service account of the pod.',
  context: 'Contexts of the kubeconfig, one per line: each is a cluster to judge. Without it: the current context.',
  server: 'The URL of an API server, for a cluster without a kubeconfig.',
  'expect-server':
    'The only server that may be asked: its URL, or its host with or without a port. Where the inputs lead to another one, the job fails before any credential is sent.',
  'certificate-authority-data':
    "The server's CA certificates, as PEM or as the base64 of it. Only with `server`; without it the runner's own roots are trusted.",
  token: 'A bearer token, for example of a service account. Only with `server`.',
  'oidc-audience':
    "Sign in with the job's own GitHub OIDC token for this audience. The job needs the permission `id-token: write`.",
  cluster:
    "The cluster's name in reports, instead of the context's, the kubeconfig's or the server's own. It also names the cluster in the cache, so that a job without credentials finds what another one saved. With `cache: only` several, one per line: each is judged.",
  snapshots:
    'Globs of snapshot files, one per line, to judge in place of clusters: no cluster is asked, and no kubeconfig or credential is read. Together with `kubeconfig`, `context` or `server`, both are judged.',
  'snapshot-max-age':
    'A file of `snapshots` that is older leaves its cluster `undetermined`: a Go duration. Without it there is a remark on files that are older than 30 days.',
  'save-snapshots':
    'A folder into which the snapshot of each cluster is written, one file per cluster, for `snapshots` and `compare` of later runs.',
  compare:
    'Globs of earlier snapshot files, one per line: what each cluster gained, lost and changed since is reported, with what this change needs of it.',
  reports:
    'Globs of report.json files of other jobs, one per line, to merge into one verdict. Nothing else is judged then.',
  'expect-clusters':
    'The clusters that must be judged, one per line or as a JSON list of names or of objects with `name`: one that is not leaves the verdict `undetermined`.',
  cache:
    '`auto` uses what is cached and asks when it is too old or something seems missing; `refresh` asks and saves; `only` never contacts the cluster; `off` does without.',
  'cache-ttl': 'How long a cached answer counts as current: a Go duration. `0s` has the cluster confirm it every time.',
  'kubectl-cache':
    "`use` takes what kubectl and helm have left in their own discovery cache (`KUBECACHEDIR`, else `~/.kube/cache`) and is younger than `cache-ttl`, asks for the rest, and leaves the answer there. `write` leaves it in a folder of its own, for the steps that follow. `off` leaves kubectl's cache alone.",
  timeout:
    'How long everything that is asked of one cluster may take: a Go duration. Reading the manifests may take ten times as long, and a minute at least.',
  wait: 'Keep asking at most this long until everything required is served: a Go duration.',
  'fail-on':
    'What fails the job, all of it listed: any of `missing`, `unknown`, `deprecated`, `removed-by-target`, `drift`; or `none`, which only reports. What is left out no longer fails, so add to the default rather than replace it. Errors always fail.',
  'target-version':
    'A Kubernetes version to look ahead to, in quotes, for example `"1.38"`: what is required and removed by then is reported.',
  exemptions: 'A file of accepted findings, each with its reason and expiry.',
  baseline: 'A file of findings that were there before: only new ones fail the job.',
  'update-baseline': '`true` writes the file of `baseline` from what this run finds.',
  'report-directory': 'A folder for report.json, junit.xml and report.sarif.',
  comment:
    '`true` keeps one comment on the pull request while the gate is red, and removes it when it is green. The job needs the permission `pull-requests: write`.',
  'github-token': 'The token that writes the comment.',
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: the runner evaluates it.
const EXPRESSIONS: Readonly<Partial<Record<InputName, string>>> = { 'github-token': '${{ github.token }}' };

export const INPUTS: readonly InputDescription[] = inputNames().map((name) => ({
  name,
  default: DEFAULTS[name],
  expression: EXPRESSIONS[name],
  description: DESCRIPTIONS[name],
}));

export const OUTPUTS: readonly OutputDescription[] = [
  {
    name: 'outcome',
    description:
      'How the run ended: `compatible`, `incompatible`, `undetermined`, `unreachable`, `denied`, `invalid-input` or `internal-error`. Only the first is green.',
  },
  {
    name: 'missing',
    description:
      'The requirements that are not met on some cluster, one per line. What a person accepted is not among them.',
  },
  {
    name: 'fields',
    description:
      'The fields that some cluster does not know or does not take, one per line. What a person accepted is not among them.',
  },
  { name: 'unknown', description: 'The requirements that some cluster left unanswered, one per line.' },
  {
    name: 'api-versions',
    description:
      'What `helm template --api-versions` takes, comma-separated; of several clusters, what all of them serve.',
  },
  { name: 'kube-version', description: 'What `helm template --kube-version` takes; of several clusters, the oldest.' },
  {
    name: 'cache',
    description:
      '`hit`; `revalidated`: the server confirmed what was cached; `rechecked`: found in the cache, then asked live because something seemed missing; `miss`; `off`; `file`: judged from a file of `snapshots`. Of several clusters, the one that asked most of the cluster.',
  },
  {
    name: 'cache-age',
    description: 'The age of the oldest answer that was judged, in whole seconds; `0` when all were asked live.',
  },
  {
    name: 'drift',
    description:
      'What changed since the snapshots of `compare`, one change per line: `production: lost policy/v1beta1`. Empty where nothing did.',
  },
  { name: 'report', description: 'The absolute path of report.json; empty without `report-directory`.' },
];

function inputNames(): readonly InputName[] {
  return Object.keys(DEFAULTS) as InputName[];
}
