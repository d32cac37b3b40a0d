import type { Log, Secrets } from '../../model/world.ts';
import type { ClientCertificate, ExecConfig, SignIn, UserAccess } from '../access.ts';
import { readClientCertificate } from '../credentials/certificate.ts';
import { isSendable } from '../credentials/header.ts';
import { maskPrivateKey, maskSecret } from '../credentials/mask.ts';
import { isSecretName, secretArguments } from '../credentials/secret-name.ts';
import { requireTextFile } from '../named-file.ts';
import type { Fault, ReadEntry } from './fault.ts';
import type { UserEntry } from './kubeconfig.ts';

/** What decides how a user's entry is read, beside the entry. */
export interface UserOptions {
  /** Whether the server is reached by https: nothing that proves who asks is sent otherwise. */
  readonly tls: boolean;
  readonly secrets: Secrets;
  readonly log: Log;
}

/**
 * Checks a user's entry and reads its files; all its secrets are masked before anything else is done.
 * @throws GateError `invalid-input` for a file that cannot be read
 * @see client-go tools/clientcmd/validation.go validateAuthInfo, client_config.go getUserIdentificationPartialConfig
 */
export function readUser(entry: UserEntry, options: UserOptions): ReadEntry<UserAccess> {
  maskUser(entry, options.secrets);
  const name = `user \`${entry.name}\``;
  const conflicts = [
    ...omissionFaults(entry, name),
    ...methodFaults(entry, name),
    ...certificateFaults(entry, name),
    ...impersonationFaults(entry, name),
  ];
  const exec = entry.exec === undefined ? [] : execFaults(entry.exec, name, entry.authProvider !== undefined);
  const pair = readPair(entry, options.secrets);
  if (!options.tls) {
    const faults = [...conflicts, ...exec];
    if (faults.length > 0) return { faults };
    warnUnsent(entry, name, options.log);
    return { access: { name: entry.name, signIn: { kind: 'anonymous' }, impersonate: entry.impersonate } };
  }
  const certificate = pair === undefined ? undefined : checkPair(pair, name);
  const signIn = chooseSignIn(entry, certificate !== undefined);
  const faults = [
    ...conflicts,
    ...exec,
    ...providerFaults(entry, name),
    ...(certificate?.kind === 'bad' ? [certificate.fault] : []),
    ...signInFaults(entry, signIn, name, options.secrets),
  ];
  if (faults.length > 0 || certificate?.kind === 'bad') return { faults };
  return {
    access: {
      name: entry.name,
      signIn,
      impersonate: entry.impersonate,
      certificate: certificate === undefined ? undefined : certificate.value,
    },
  };
}

/** A user who signs in some other way, and still may be taken for somebody else. */
export function withoutCredentials(entry: UserEntry | undefined): UserEntry | undefined {
  if (entry === undefined) return undefined;
  const { authProvider: _authProvider, exec: _exec, ...rest } = entry;
  return {
    ...rest,
    clientCertificate: '',
    clientCertificateData: '',
    clientKey: '',
    clientKeyData: '',
    token: '',
    tokenFile: '',
    username: '',
    password: '',
  };
}

/** Hides all secrets that a user's entry itself holds. */
export function maskUser(entry: UserEntry, secrets: Secrets): void {
  maskSecret(entry.token, secrets);
  maskSecret(entry.password, secrets);
  maskPrivateKey(entry.clientKeyData, secrets);
  // Most of a plugin's environment is not secret, and hiding a region or a profile would spoil the log.
  for (const { name, value } of entry.exec?.env ?? []) {
    if (isSecretName(name)) maskSecret(value, secrets);
  }
  for (const value of secretArguments(entry.exec?.args ?? [])) maskSecret(value, secrets);
}

/** @see client-go tools/clientcmd/api/helpers.go RedactSecrets */
function omissionFaults(entry: UserEntry, name: string): readonly Fault[] {
  const fields = (['token', 'password'] as const).filter((field) => entry[field] === 'REDACTED');
  if (fields.length === 0) return [];
  return [
    {
      code: 'credentials-redacted',
      message: `The ${fields.join(' and ')} of the ${name} was left out by \`kubectl config view\`: it is the word REDACTED`,
      hint: 'Print the kubeconfig with `kubectl config view --raw`, which leaves nothing out.',
    },
  ];
}

function methodFaults(entry: UserEntry, name: string): readonly Fault[] {
  const basic = entry.username !== '' || entry.password !== '';
  if (!basic) return [];
  if (entry.token !== '' || entry.tokenFile !== '') {
    return [
      {
        code: 'credentials-conflict',
        message: `The ${name} has both a token and a user name with password`,
        hint: 'Keep one of the two.',
      },
    ];
  }
  if (entry.username !== '') return [];
  return [
    { code: 'username-missing', message: `The ${name} has a password and no username`, hint: 'Add the username.' },
  ];
}

function certificateFaults(entry: UserEntry, name: string): readonly Fault[] {
  if (entry.clientCertificate === '' && entry.clientCertificateData === '') return [];
  const both = (what: string) => ({
    code: `${what}-twice`,
    message: `The ${name} has both ${what} and ${what}-data`,
    hint: 'Keep one of the two.',
  });
  const noKey = {
    code: 'client-key-missing',
    message: `The ${name} has a client certificate and no key`,
    hint: 'Add client-key or client-key-data.',
  };
  return [
    ...(entry.clientCertificate !== '' && entry.clientCertificateData !== '' ? [both('client-certificate')] : []),
    ...(entry.clientKey !== '' && entry.clientKeyData !== '' ? [both('client-key')] : []),
    ...(entry.clientKey === '' && entry.clientKeyData === '' ? [noKey] : []),
  ];
}

function impersonationFaults(entry: UserEntry, name: string): readonly Fault[] {
  const { user, uid, groups, extra } = entry.impersonate;
  const values = [user, uid, ...groups, ...Object.values(extra).flat()];
  if (!values.every(isSendable)) {
    return [
      {
        code: 'impersonation-unsendable',
        message: `The ${name} impersonates someone whose name, group or extra field holds a control character`,
        hint: 'These are sent as HTTP headers, which cannot hold line breaks.',
      },
    ];
  }
  if (user !== '' || (uid === '' && groups.length === 0 && Object.keys(extra).length === 0)) return [];
  return [
    {
      code: 'impersonation-without-user',
      message: `The ${name} has as-uid, as-groups or as-user-extra, and no \`as\``,
      hint: 'Add `as` with the name of the user to impersonate.',
    },
  ];
}

const EXEC_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

function execFaults(exec: ExecConfig, name: string, withProvider: boolean): readonly Fault[] {
  const fault = (code: string, message: string, hint: string): Fault => ({
    code,
    message: `The exec plugin of the ${name} ${message}`,
    hint,
  });
  const { apiVersion, command, env, interactiveMode } = exec;
  return [
    ...(withProvider
      ? [fault('credentials-conflict', 'stands beside an auth-provider', 'Remove the auth-provider.')]
      : []),
    ...(command === ''
      ? [fault('exec-command-missing', 'has no command', 'Name the program that prints the credentials.')]
      : []),
    ...(EXEC_VERSIONS.includes(apiVersion)
      ? []
      : [
          fault(
            'exec-api-version',
            apiVersion === '' ? 'has no apiVersion' : `has the apiVersion \`${apiVersion}\``,
            `It must be ${EXEC_VERSIONS.join(' or ')}; updating the plugin and writing the kubeconfig again usually brings it.`,
          ),
        ]),
    ...(env.some(({ name: variable }) => variable === '')
      ? [
          fault(
            'exec-env',
            'has an environment variable without a name',
            'Each item of `env` needs a name and a value.',
          ),
        ]
      : []),
    // Of a version that is not known nobody can say what it has to say.
    ...(['Never', 'IfAvailable', 'Always'].includes(interactiveMode) ||
    (interactiveMode === '' && !EXEC_VERSIONS.includes(apiVersion))
      ? []
      : [
          fault(
            'exec-interactive-mode',
            interactiveMode === '' ? 'has no interactiveMode' : `has the interactiveMode \`${interactiveMode}\``,
            'Set interactiveMode to Never, IfAvailable or Always; v1 of the plugin API wants it said.',
          ),
        ]),
  ];
}

/** The mechanism was taken out of Kubernetes 1.26 for all providers but one, and that one has exec plugins in its place as well. */
function providerFaults(entry: UserEntry, name: string): readonly Fault[] {
  if (entry.authProvider === undefined || entry.exec !== undefined) return [];
  return [
    {
      code: 'auth-provider',
      message: `The ${name} signs in by the auth-provider \`${entry.authProvider}\`, which Kubernetes has replaced by exec plugins`,
      hint: providerHints[entry.authProvider] ?? 'Use an exec plugin, a token, or the input `oidc-audience`.',
    },
  ];
}

const providerHints: Readonly<Record<string, string>> = {
  gcp: 'Install gke-gcloud-auth-plugin and write the kubeconfig again with `gcloud container clusters get-credentials`.',
  azure: 'Install kubelogin and run `kubelogin convert-kubeconfig`.',
  oidc: 'Use an exec plugin such as kubelogin (`kubectl oidc-login`), or, in GitHub Actions, the input `oidc-audience`.',
};

interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** A key without a certificate is left alone, as in client-go. Files must be there even where they are not needed. */
function readPair(entry: UserEntry, secrets: Secrets): Pair | undefined {
  if (entry.clientCertificate === '' && entry.clientCertificateData === '') return undefined;
  const what = (part: string) => `${part} of the user \`${entry.name}\``;
  const key =
    entry.clientKeyData || (entry.clientKey === '' ? '' : requireTextFile(entry.clientKey, what('client key')));
  maskPrivateKey(key, secrets);
  const cert = entry.clientCertificateData || requireTextFile(entry.clientCertificate, what('client certificate'));
  return key === '' ? undefined : { cert, key };
}

function checkPair(
  { cert, key }: Pair,
  name: string,
): { readonly kind: 'good'; readonly value: ClientCertificate } | { readonly kind: 'bad'; readonly fault: Fault } {
  const checked = readClientCertificate(cert, key);
  if (checked.kind === 'good') return checked;
  const fault = {
    code: 'client-certificate-unusable',
    message: `The client certificate of the ${name} cannot be used: ${checked.reason}`,
    hint: 'A certificate and its own unencrypted key are needed, both PEM (in the -data fields: in base64).',
  };
  return { kind: 'bad', fault };
}

/** An exec plugin is asked only when nothing else is there to sign in with. */
function chooseSignIn(entry: UserEntry, hasCertificate: boolean): SignIn {
  if (entry.tokenFile !== '') return { kind: 'token-file', path: entry.tokenFile, fallback: entry.token };
  if (entry.token !== '') return { kind: 'token', token: entry.token };
  if (entry.username !== '') return { kind: 'basic', username: entry.username, password: entry.password };
  if (entry.exec !== undefined && !hasCertificate) return { kind: 'exec', config: entry.exec };
  return { kind: 'anonymous' };
}

function signInFaults(entry: UserEntry, signIn: SignIn, name: string, secrets: Secrets): readonly Fault[] {
  const unsendable = {
    code: 'token-unsendable',
    message: `The token of the ${name} holds a line break or another control character`,
    hint: 'A line break often comes from an editor, or from `echo` without -n.',
  };
  if (signIn.kind === 'token') return isSendable(signIn.token) ? [] : [unsendable];
  if (signIn.kind !== 'token-file') return [];
  if (signIn.fallback !== '') return isSendable(signIn.fallback) ? [] : [unsendable];
  const token = requireTextFile(signIn.path, `token of the ${name}`).trim();
  maskSecret(token, secrets);
  if (token === '') {
    return [
      {
        code: 'token-file-empty',
        message: `The token file ${entry.tokenFile} of the ${name} is empty`,
        hint: 'Check the step that writes it.',
      },
    ];
  }
  return isSendable(token) ? [] : [unsendable];
}

function warnUnsent(entry: UserEntry, name: string, log: Log): void {
  const has =
    entry.token !== '' ||
    entry.tokenFile !== '' ||
    entry.username !== '' ||
    entry.exec !== undefined ||
    entry.authProvider !== undefined ||
    entry.clientCertificate !== '' ||
    entry.clientCertificateData !== '';
  if (has)
    log.line(
      `The credentials of the ${name} are not sent: the server is reached by http, and they go only over https.`,
    );
}
