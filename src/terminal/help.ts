import { INPUTS } from '../inputs/settings.ts';
import type { Outcome } from '../model/errors.ts';
import { COMMAND_DEFAULTS, FORMATS, shortOption } from './arguments.ts';

/** One exit code per outcome, so that a script can tell them apart. */
export const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  compatible: 0,
  incompatible: 1,
  'invalid-input': 2,
  undetermined: 3,
  unreachable: 4,
  denied: 5,
  'internal-error': 70,
};

const WIDTH = 100;
const INDENT = 6;

/** The options that most calls need, in the order of the short help. */
const ESSENTIAL = [
  'require',
  'manifests',
  'server-version',
  'kubeconfig',
  'context',
  'fields',
  'fail-on',
  'target-version',
  'report-directory',
] as const;

/** Options by what they are about; what is in none of these is listed last. */
const TOPICS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['What the change needs', ['require', 'manifests', 'allow-unparsable', 'server-version', 'provides', 'fields']],
  [
    'Which cluster',
    [
      'kubeconfig',
      'context',
      'server',
      'certificate-authority-data',
      'token',
      'oidc-audience',
      'cluster',
      'expect-server',
    ],
  ],
  ['What fails', ['fail-on', 'target-version', 'exemptions', 'baseline', 'update-baseline']],
  ['Cache and time', ['cache', 'cache-ttl', 'cache-schemas', 'kubectl-cache', 'timeout', 'wait']],
  [
    'Snapshots and fleets',
    ['save-snapshots', 'snapshots', 'snapshot-max-age', 'compare', 'reports', 'expect-clusters'],
  ],
  ['Reports', ['report-directory']],
];

const USAGE = `Usage: kube-api-gate [options] [file | folder | requirement ...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate deploy/                           every manifest below deploy/
  helm template . | kube-api-gate -               what a chart renders
  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate deploy/ -r apps/v1 --context prod --output json
  kube-api-gate diff old.json new.json            what changed between two snapshots of a cluster
`;

/** What a bare call is told. */
export const START = `kube-api-gate needs to know what to look for: manifests, or requirements.

  kube-api-gate deploy/             every manifest below deploy/, on your current context
  kube-api-gate apps/v1             one group-version
  helm template . | kube-api-gate - what a chart renders

See kube-api-gate --help.`;

/** The help text. `all` lists every option by topic; otherwise those that most calls need. */
export function helpText(all: boolean): string {
  const options = all ? everyTopic() : [...ESSENTIAL.flatMap(optionLines), '', 'See --help-all for all options.'];
  return [
    USAGE,
    ...(all ? [] : ['Options:']),
    ...options,
    '',
    ...(all ? ['Output'] : []),
    ...ownOption(`-o, --output ${FORMATS.join('|')}`, 'What goes to standard output; the log goes to standard error.'),
    ...ownOption('--debug', 'Say what is asked and how it is answered.'),
    ...ownOption('-h, --help, --help-all', 'This text; every option.'),
    ...ownOption('-V, --version', 'The version of kube-api-gate.'),
    '',
    ...wrapped(
      `Exit codes: ${Object.entries(EXIT_CODES)
        .map(([outcome, code]) => `${code} ${outcome}`)
        .join(', ')}.`,
      0,
    ),
  ].join('\n');
}

function everyTopic(): readonly string[] {
  const listed = new Set(TOPICS.flatMap(([, names]) => names));
  const others = INPUTS.map(({ name }) => name as string).filter((name) => !listed.has(name));
  const topics = others.length === 0 ? TOPICS : [...TOPICS, ['Other', others] as const];
  return topics.flatMap(([title, names], index) => [
    ...(index === 0 ? [] : ['']),
    title,
    ...names.flatMap(optionLines),
  ]);
}

function optionLines(name: string): readonly string[] {
  const input = INPUTS.find((each) => each.name === name);
  if (input === undefined) return [];
  const short = shortOption(name);
  const ownDefault = COMMAND_DEFAULTS[name] ?? input.default;
  const standard = ownDefault === '' ? '' : ` (default: ${ownDefault})`;
  return ownOption(`${short === undefined ? '' : `-${short}, `}--${name}${standard}`, input.description);
}

function ownOption(option: string, description: string): readonly string[] {
  return [`  ${option}`, ...wrapped(description, INDENT)];
}

/** Breaks a text at blanks, so that no line is wider than a terminal of 100 columns. */
function wrapped(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each);
}
