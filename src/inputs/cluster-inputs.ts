import type { ClusterSource } from '../model/cluster.ts';
import { significantLines } from '../model/lines.ts';
import type { InputName } from './action-interface.ts';
import { distinct, type Inputs, shown, singleLine } from './input-text.ts';

/** Which clusters to judge. What does not fit together is refused here, before a file is opened or a server asked. */
export function clustersOf(inputs: Inputs): readonly [ClusterSource, ...ClusterSource[]] {
  const common = { oidcAudience: singleLine(inputs, 'oidc-audience'), expectServer: expectServerOf(inputs) };
  return inputs.given('server') ? [serverOf(inputs, common)] : kubeconfigClusters(inputs, common);
}

/** The names that the inputs give clusters: one at most, but for `cache: only`, where a name is all that it takes to find a snapshot. */
export function clusterNamesOf(inputs: Inputs): readonly string[] {
  const names = inputs.text('cache') === 'only' ? distinct(significantLines(inputs.raw('cluster'))) : [];
  if (names.length < 2) return [singleLine(inputs, 'cluster') ?? []].flat();
  for (const name of ['kubeconfig', 'context', 'server', 'expect-server'] as const) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, `It names a cluster, and cluster names ${names.length} in the cache.`, {
      hint: `Leave ${name} out: with several names, the cache alone is judged.`,
    });
  }
  return names;
}

interface Common {
  readonly oidcAudience: string | undefined;
  readonly expectServer: string | undefined;
}

/** A URL, or a host with or without a port. */
function expectServerOf(inputs: Inputs): string | undefined {
  const text = singleLine(inputs, 'expect-server');
  if (text === undefined) return undefined;
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  const hint = 'Write it as https://k8s.example.com:6443, or k8s.example.com with or without a port.';
  if (url === null || !/^https?:$/.test(url.protocol) || /[\s@?#]/.test(text)) {
    inputs.refuse('expect-server', 'It is neither the URL nor the host of a server.', { hint });
  } else if (!text.includes('://') && url.pathname !== '/') {
    inputs.refuse('expect-server', `${shown(text)} has a path and no scheme.`, { hint: `Write https://${text}.` });
  }
  return text;
}

function kubeconfigClusters(inputs: Inputs, common: Common): readonly [ClusterSource, ...ClusterSource[]] {
  for (const name of ['token', 'certificate-authority-data'] as const) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, 'It is given without server, and a kubeconfig brings its own.', {
      hint: inputs.given('kubeconfig')
        ? `Leave ${name} out, or put it into the kubeconfig.`
        : 'Give server as well: the URL of the API server, for example https://203.0.113.7:6443.',
    });
  }
  const kubeconfig = inputs.given('kubeconfig') ? { kubeconfig: kubeconfigOf(inputs) } : {};
  const [first, ...others] = distinct(significantLines(inputs.raw('context')));
  const clusterName = inputs.given('cluster') ? inputs.text('cluster') : undefined;
  if (first === undefined) return [{ kind: 'kubeconfig', ...kubeconfig, ...common, clusterName }];
  const source = (context: string): ClusterSource => ({
    kind: 'kubeconfig',
    ...kubeconfig,
    context,
    ...common,
    clusterName,
  });
  if (others.length > 0 && inputs.given('expect-server')) {
    inputs.refuse('expect-server', `It names one server, and context names ${others.length + 1} clusters.`, {
      hint: 'Leave expect-server out, or judge each cluster in a step of its own.',
    });
  }
  if (others.length > 0 && inputs.given('cluster')) {
    // One name for several clusters would be one cache entry for all of them.
    inputs.refuse('cluster', `It names one cluster, and context names ${others.length + 1}.`, {
      hint: 'Leave cluster out, or judge each cluster in a step of its own.',
    });
  }
  return [source(first), ...others.map(source)];
}

/** A path without white space around it; or YAML exactly as it stands, as the indentation of its first line counts. */
function kubeconfigOf(inputs: Inputs): string {
  const text = inputs.text('kubeconfig');
  return /[\r\n]/.test(text) ? inputs.raw('kubeconfig') : text;
}

function serverOf(inputs: Inputs, common: Common): ClusterSource {
  for (const name of ['kubeconfig', 'context'] as const) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, `Both server and ${name} are given; each names a cluster of its own.`, {
      hint: `Leave ${name} out to judge the server, or leave server, certificate-authority-data and token out.`,
    });
  }
  const server = singleLine(inputs, 'server') ?? '';
  const encrypted = checkServer(inputs, server);
  if (!encrypted) refuseWithoutTls(inputs);
  if (inputs.given('token') && inputs.given('oidc-audience')) {
    inputs.refuse('token', 'Both token and oidc-audience are given; each signs in on its own.', {
      hint: 'Keep one of them.',
    });
  }
  const token = tokenOf(inputs);
  const authority = certificateAuthorityOf(inputs);
  return {
    kind: 'server',
    server,
    certificateAuthorityData: authority,
    token,
    ...common,
  };
}

/** Whether requests to this server are encrypted; a URL that cannot be used is refused, and counts as encrypted. */
function checkServer(inputs: Inputs, server: string): boolean {
  const refuse = (message: string, hint: string) => {
    inputs.refuse('server', message, { hint });
    return true;
  };
  const example = 'Write it as in a kubeconfig, for example https://203.0.113.7:6443.';
  if (/\$\{|\$\(|\{\{|\}\}|^\$|:\/\/\$|%[A-Z_]+%|<[\w -]+>|^["'`]|["'`]$/.test(server)) {
    const [before] = server.split('@');
    return refuse(
      `A variable or quotes are left in it${before === server ? `: ${shown(server)}` : ''}.`,
      `A workflow replaces only \${{ }}, as in \${{ vars.K8S_SERVER }}. Leave quotes out of the value.`,
    );
  }
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(server) ?? [];
  if (scheme === undefined) {
    const fixed = `https://${server.replace(/^\/+/, '')}`;
    const usable = URL.canParse(fixed) && !/[\s@?#]/.test(server);
    return refuse(usable ? `${shown(server)} has no scheme.` : 'It is no URL.', usable ? `Write ${fixed}.` : example);
  }
  if (!/^https?$/i.test(scheme)) return refuse(`The scheme ${scheme} cannot be used; https and http can.`, example);
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || /\s/.test(server)) return refuse('It is no URL.', example);
  if (url.username !== '' || url.password !== '') {
    return refuse(
      'It holds a user name or password.',
      'Leave them out of the URL and sign in with token or oidc-audience.',
    );
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(server)) {
    return refuse('It has a query or a fragment.', `Write ${url.origin}${url.pathname.replace(/\/$/, '')}.`);
  }
  return url.protocol === 'https:';
}

/** A secret never travels unencrypted, and a CA has nothing to prove there. */
function refuseWithoutTls(inputs: Inputs): void {
  const message: Partial<Record<InputName, string>> = {
    token: 'The token would travel unencrypted: server starts with http://.',
    'oidc-audience': "The job's token would travel unencrypted: server starts with http://.",
    'certificate-authority-data': 'It has no use: server starts with http://.',
  };
  for (const name of ['token', 'oidc-audience', 'certificate-authority-data'] as const) {
    if (inputs.given(name)) inputs.refuse(name, message[name] ?? '', { hint: 'Let server start with https://.' });
  }
}

/** Nothing of a token is ever shown, not even of one that cannot be used. */
function tokenOf(inputs: Inputs): string | undefined {
  if (!inputs.given('token')) return undefined;
  const token = inputs.text('token');
  if (/^bearer\s/i.test(token)) {
    inputs.refuse('token', 'It starts with the word Bearer.', { hint: 'Give the token alone.' });
  } else if (/[^\x21-\x7e]/.test(token)) {
    inputs.refuse('token', 'It holds white space, line ends or characters that no header can carry.', {
      hint: 'Give the token alone, on one line. A token read from a Secret of Kubernetes has to be decoded from base64 first.',
    });
  }
  return token;
}

/** Base64 of PEM without line breaks, as in a kubeconfig; PEM itself is taken as well. */
function certificateAuthorityOf(inputs: Inputs): string | undefined {
  if (!inputs.given('certificate-authority-data')) return undefined;
  const text = inputs.text('certificate-authority-data');
  const isPem = text.includes('-----BEGIN ');
  const base64 = isPem ? Buffer.from(`${text}\n`).toString('base64') : text.replace(/\s+/g, '');
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64').toString('latin1') : '';
  if (!decoded.includes('-----BEGIN CERTIFICATE-----')) {
    inputs.refuse('certificate-authority-data', 'It is neither a PEM certificate nor the base64 of one.', {
      hint: 'Copy certificate-authority-data from a kubeconfig, or give the text of the file that starts with -----BEGIN CERTIFICATE-----, not its path.',
    });
  }
  return base64;
}
