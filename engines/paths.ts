/**
 * The real servers and clients that tests and measurements run: what each is built from, and where its binary is found.
 *
 * A binary is kept outside the checkout, in a folder named by a hash of all that decides what it is, so that a fresh clone finds what an earlier one built.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How one binary comes out of one of the Go modules beside this file. */
export type Engine = {
  /** Folder of the Go module that pins its version. */
  readonly module: string;
  /** Import path of its main package. */
  readonly mainPackage: string;
  /** File name of the binary. */
  readonly binary: string;
  /** Linker flags, beyond those that every engine gets. */
  readonly linkerFlags: readonly string[];
  /** Environment variable that names a binary to use instead, after envtest's convention where it has one. */
  readonly override: string;
  /** Whether `KUBEBUILDER_ASSETS` may hold it: that folder is for one generation only, and this project takes it for the newest. */
  readonly inAssets: boolean;
};

/** The engines in the order in which they are built: what most tests wait for comes first. */
export const engines = {
  'kube-apiserver-1.37': apiServer('1.37', 'v1.37.2', { override: 'TEST_ASSET_KUBE_APISERVER', inAssets: true }),
  kubectl: {
    module: 'kube-1.37',
    mainPackage: 'k8s.io/kubernetes/cmd/kubectl',
    binary: 'kubectl',
    linkerFlags: kubernetesVersion('v1.37.2'),
    override: 'TEST_ASSET_KUBECTL',
    inAssets: true,
  },
  etcd: {
    module: 'etcd',
    mainPackage: '.',
    binary: 'etcd',
    linkerFlags: [],
    override: 'TEST_ASSET_ETCD',
    inAssets: true,
  },
  act: tool('act', 'github.com/nektos/act', []),
  helm: tool('helm', 'helm.sh/helm/v4/cmd/helm', ['-X helm.sh/helm/v4/internal/version.version=v4.3.1']),
  kubeconform: tool('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform', ['-X main.version=v0.8.0']),
  actionlint: tool('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', [
    '-X github.com/rhysd/actionlint.version=1.7.12',
  ]),
  'client-go-discovery': {
    module: 'client-go-discovery',
    mainPackage: '.',
    binary: 'client-go-discovery',
    linkerFlags: [],
    override: 'TEST_ASSET_CLIENT_GO_DISCOVERY',
    inAssets: false,
  },
  'kubectl-reader': {
    module: 'kubectl-reader',
    mainPackage: '.',
    binary: 'kubectl-reader',
    linkerFlags: [],
    override: 'TEST_ASSET_KUBECTL_READER',
    inAssets: false,
  },
  'kube-apiserver-1.28': apiServer('1.28', 'v1.28.15', {
    override: 'TEST_ASSET_KUBE_APISERVER_1_28',
    inAssets: false,
  }),
  'kube-apiserver-1.25': apiServer('1.25', 'v1.25.16', {
    override: 'TEST_ASSET_KUBE_APISERVER_1_25',
    inAssets: false,
  }),
} as const satisfies Record<string, Engine>;

/** Name of a binary that `npm run engines` builds. */
export type EngineName = keyof typeof engines;

/** All names, in building order. */
export const engineNames = Object.keys(engines) as readonly EngineName[];

/** Minor versions of Kubernetes whose API server is pinned: with aggregated discovery v2, with v2beta1 only, and without. */
export type Generation = '1.37' | '1.28' | '1.25';

/** The generations, newest first. */
export const generations: readonly Generation[] = ['1.37', '1.28', '1.25'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Path of an engine's binary.
 *
 * @throws Error that says how to build it, when it is not there.
 */
export function enginePath(name: EngineName, environment: Environment = process.env): string {
  const brought = broughtPath(name, environment);
  if (brought !== undefined) {
    if (!existsSync(brought.path)) {
      throw new Error(`${brought.variable} names ${brought.path} for ${name}, and the file does not exist`);
    }
    return brought.path;
  }
  const path = join(builtFolder(name, environment), engines[name].binary);
  if (!existsSync(path)) {
    throw new Error(`${name} is not built: run \`npm run engines -- ${name}\` (looked for ${path})`);
  }
  return path;
}

/** The binary that the environment brings for an engine, and the variable that does. */
export function broughtPath(
  name: EngineName,
  environment: Environment,
): { readonly variable: string; readonly path: string } | undefined {
  const { override, inAssets, binary } = engines[name];
  const own = environment[override];
  if (own) return { variable: override, path: own };
  const assets = environment['KUBEBUILDER_ASSETS'];
  if (!inAssets || !assets) return undefined;
  const path = join(assets, binary);
  // A folder of assets without this binary is no promise that it has one: envtest's own archives differ in what they hold.
  return existsSync(path) ? { variable: 'KUBEBUILDER_ASSETS', path } : undefined;
}

/** Folder that holds, or will hold, what this checkout's pins build for an engine. */
export function builtFolder(name: EngineName, environment: Environment): string {
  return join(cacheFolder(environment), `${name}-${fingerprint(name)}`);
}

/** Folder of all engines: `KUBE_API_GATE_ENGINES`, or a folder in the user's cache. */
export function cacheFolder(environment: Environment): string {
  const named = environment['KUBE_API_GATE_ENGINES'];
  if (named) return named;
  const userCache = environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache');
  return join(userCache, 'kube-api-gate', 'engines');
}

/** Folder of the Go module that pins an engine. */
export function moduleFolder(name: EngineName): string {
  return join(import.meta.dirname, engines[name].module);
}

/** Arguments of `go` that build an engine into a file. */
export function buildArguments(name: EngineName, output: string): readonly string[] {
  const { linkerFlags, mainPackage } = engines[name];
  const flags = ['-s', '-w', ...linkerFlags].join(' ');
  return ['build', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', output, mainPackage];
}

/** Settings of the Go command that decide what comes out. Cgo is off so that no C compiler is needed. */
export const buildEnvironment = { CGO_ENABLED: '0', GOWORK: 'off' } as const;

function fingerprint(name: EngineName): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    const path = join(moduleFolder(name), file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path));
  }
  hash.update(JSON.stringify([buildArguments(name, ''), buildEnvironment, process.platform, process.arch]));
  return hash.digest('hex').slice(0, 16);
}

function apiServer(
  generation: Generation,
  version: string,
  brought: { readonly override: string; readonly inAssets: boolean },
): Engine {
  return {
    module: `kube-${generation}`,
    mainPackage: 'k8s.io/kubernetes/cmd/kube-apiserver',
    binary: 'kube-apiserver',
    linkerFlags: kubernetesVersion(version),
    ...brought,
  };
}

function tool(name: string, mainPackage: string, linkerFlags: readonly string[]): Engine {
  const override = `TEST_ASSET_${name.toUpperCase()}`;
  return { module: name, mainPackage, binary: name, linkerFlags, override, inAssets: false };
}

/** Kubernetes keeps its version in two packages; with only the first set, `/version` of 1.25 answers v0.0.0-master. */
function kubernetesVersion(version: string): readonly string[] {
  const [major = '', minor = ''] = version.slice(1).split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) =>
    [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`, 'gitTreeState=clean'].map(
      (field) => `-X ${path}.${field}`,
    ),
  );
}
