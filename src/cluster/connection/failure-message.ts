import { assertNever } from '../../model/assert-never.ts';
import { formatDuration } from '../../model/duration.ts';
import { type ErrorOutcome, GateError } from '../../model/errors.ts';
import type { Failure } from './failure.ts';
import type { Phase } from './progress.ts';

/** What was tried when a failure came. */
export interface Asked {
  /** The whole URL, without credentials. */
  readonly url: string;
  /** The proxy, without credentials. */
  readonly proxy?: string | undefined;
  /** How often it was tried in all. */
  readonly tries: number;
}

/** The failure as the error that a user sees. */
export function failureError(failure: Failure, asked: Asked, cause?: unknown): GateError {
  const { what, hint, outcome = 'unreachable' } = describe(failure);
  const through = asked.proxy === undefined ? '' : ` through the proxy ${asked.proxy}`;
  const often = asked.tries > 1 ? ` (tried ${asked.tries} times)` : '';
  return new GateError(outcome, failure.kind, inOneLine(`GET ${asked.url}${through}: ${what}${often}.`), {
    hint,
    cause,
  });
}

/** What failed, without the address: for a line of the log. */
export function failureInShort(failure: Failure): string {
  return inOneLine(describe(failure).what);
}

/** A certificate, a header or a proxy can hold any characters: none of theirs may begin a line of the log, where a runner reads commands. */
function inOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

const MOST_CHARACTERS = 1000;

/** What was being done, to stand after "while". */
export function formatPhase(phase: Phase): string {
  switch (phase) {
    case 'turn':
      return 'waiting for a free connection';
    case 'credentials':
      return 'acquiring credentials';
    case 'name':
      return "looking up the server's name";
    case 'connect':
      return 'connecting';
    case 'proxy-connect':
      return 'connecting to the proxy';
    case 'proxy-answer':
      return 'waiting for the proxy to connect';
    case 'tls':
      return 'performing the TLS handshake';
    case 'answer':
      return 'waiting for the answer';
    case 'body':
      return "reading the answer's body";
    default:
      return assertNever(phase);
  }
}

interface Description {
  readonly what: string;
  readonly hint: string;
  /** `unreachable` where none is named. */
  readonly outcome?: ErrorOutcome | undefined;
}

function describe(failure: Failure): Description {
  switch (failure.kind) {
    case 'certificate-expired':
      return {
        what: `the server's certificate expired${failure.notAfter === undefined ? '' : ` on ${certificateTime(failure.notAfter)}`}; this machine's clock says ${formatTime(failure.now)}`,
        hint: 'Renew the certificate of the API server (with kubeadm: `kubeadm certs renew apiserver`, then restart it). If the date above is not past, set the clock of the runner.',
      };
    case 'certificate-not-yet-valid':
      return {
        what: `the server's certificate is not valid before ${failure.notBefore === undefined ? 'a later date' : certificateTime(failure.notBefore)}; this machine's clock says ${formatTime(failure.now)}`,
        hint: 'Most likely the clock of the runner is behind: set it. If it is right, the certificate was issued for the future, by a machine whose clock is ahead.',
      };
    case 'certificate-unknown-authority':
      return {
        what: `the server's certificate is ${
          failure.selfSigned
            ? 'self-signed, and'
            : `signed by ${failure.issuer === undefined ? 'an authority' : `"${failure.issuer}"`}, which is`
        } ${failure.authorityGiven ? 'not covered by the given certificate authority' : "not among this machine's trusted roots"}`,
        hint: failure.authorityGiven
          ? 'Give the certificate authority of this very cluster: certificate-authority-data of its kubeconfig (`kubectl config view --raw --minify`). After a cluster was rebuilt or its authority rotated, old kubeconfigs no longer fit. If it is right, something between here and the server answers in its place.'
          : "Give the cluster's own certificate authority: certificate-authority-data in the kubeconfig or as an input. If the server should have a publicly trusted certificate, something between here and the server answers in its place.",
      };
    case 'certificate-name-mismatch':
      return {
        what: `the server's certificate is not for ${failure.name}, but for ${failure.names.length === 0 ? 'no name at all' : formatNames(failure.names)}`,
        hint: 'Use one of these names as the server, or keep the address and set tls-server-name in the kubeconfig to one of them. Otherwise add the name to the certificate (with kubeadm: certSANs).',
      };
    case 'certificate-without-names':
      return {
        what: `the server's certificate has no subject alternative names${failure.commonName === undefined ? '' : `, and its common name (${failure.commonName}) does not count`}`,
        hint: 'Issue a certificate that lists the names and addresses of the server as subject alternative names (openssl: `-addext subjectAltName=DNS:k8s.example.com,IP:203.0.113.7`). kubectl refuses this certificate as well.',
      };
    case 'certificate-invalid':
      return {
        what: `the server's certificate was not accepted: ${failure.came}`,
        hint: 'Look at it with `openssl s_client -showcerts -connect HOST:PORT` and have the authority of the cluster issue a new one.',
      };
    case 'client-certificate-rejected':
      return {
        what: `the server ${failure.sent ? 'did not accept the client certificate' : 'asks for a client certificate, and none was given'}: ${failure.came}`,
        hint: failure.sent
          ? "The client certificate has to be valid now and signed by the authority that the API server trusts for clients (its --client-ca-file). Kubeconfigs with certificates run out, with kubeadm after a year: fetch a new one, or use a service account's token."
          : 'Use a kubeconfig whose user has client-certificate-data and client-key-data. If a proxy in front of the API server asks for the certificate, it is the one that has to be satisfied.',
        outcome: 'denied',
      };
    case 'client-certificate-invalid':
      return {
        what: `the client certificate and key cannot be used: ${failure.came}`,
        hint: 'client-certificate-data and client-key-data have to be base64 of PEM and belong together; an encrypted key cannot be used. Compare `openssl x509 -noout -pubkey` of the one with `openssl pkey -pubout` of the other.',
        outcome: 'invalid-input',
      };
    case 'tls-failed':
      return {
        what: `no TLS connection could be agreed on: ${failure.came}`,
        hint: 'At least TLS 1.2 is asked for, with the ciphers of Node.js. See what the server offers with `openssl s_client -connect HOST:PORT`; an old load balancer in front of it is the usual reason.',
      };
    case 'not-tls':
      return {
        what: 'the server does not speak TLS on this port',
        hint: 'Check the port: most API servers listen for https on 6443 or 443. If this one is meant to be plain, write http:// (credentials are then not sent).',
      };
    case 'needs-tls':
      return {
        what: 'the server speaks TLS on this port, and was asked without',
        hint: 'Write https:// in place of http:// in the server URL, and give the certificate authority of the cluster.',
      };
    case 'http2-only':
      return {
        what: 'the server speaks only HTTP/2',
        hint: 'An API server also speaks HTTP/1.1: let the load balancer or proxy in front of it allow HTTP/1.1 towards its clients.',
      };
    case 'name-not-found':
      return {
        what: `the name ${failure.host} could not be looked up (${failure.came})`,
        hint: 'Check the server URL for a typo. A private cluster has a name that only its own network knows: use a runner inside that network, or a proxy (proxy-url in the kubeconfig, HTTPS_PROXY).',
      };
    case 'connection-refused':
      return {
        what: `the connection was refused by ${failure.address}`,
        hint: 'Nothing listens there: check host and port, and whether the API server (or the tunnel to it) is running. A server of 127.0.0.1 or localhost in a kubeconfig is the machine it was made on, not the cluster.',
      };
    case 'host-unreachable':
      return {
        what: `${failure.address} cannot be reached (${failure.came})`,
        hint: "There is no way from this runner to that network: use a runner inside it, a VPN or a proxy, or allow the runner's addresses (authorized networks, security groups).",
      };
    case 'connection-reset':
      return {
        what: `the connection was cut while ${formatPhase(failure.phase)}`,
        hint:
          failure.plain === true
            ? 'The server may speak TLS on this port: write https:// in place of http:// in the server URL. Otherwise something on the way cut the connection.'
            : 'The server restarted, or a bastion, load balancer or firewall on the way cut the connection. If it happens each time, ask who runs what lies between.',
      };
    case 'connection-failed':
      return {
        what: `the connection failed while ${formatPhase(failure.phase)}: ${failure.came}`,
        hint: 'Try the same address with `kubectl get --raw /version -v=8` from the same runner.',
      };
    case 'timed-out':
      return {
        what: `timed out while ${formatPhase(failure.phase)}, after ${formatDuration(failure.elapsedMs)} (timeout: ${formatDuration(failure.timeoutMs)})`,
        hint: timeoutHint(failure.phase),
      };
    case 'cancelled':
      return {
        what: `the job was cancelled while ${formatPhase(failure.phase)}`,
        hint: 'Run the job again.',
      };
    case 'proxy-invalid':
      return {
        what: `${failure.from} cannot be used as a proxy: ${failure.came}`,
        hint: 'Write it as http://host:port, https://host:port or socks5://host:port, with user:password@ before the host if it asks for them, and special characters in them percent-encoded. To go without a proxy, unset it or add the server to NO_PROXY.',
        outcome: 'invalid-input',
      };
    case 'proxy-unreachable':
      return {
        what: `the proxy itself could not be reached: ${failure.came}`,
        hint: 'Check proxy-url in the kubeconfig, or HTTPS_PROXY (HTTP_PROXY for a http server). If the cluster can be reached without the proxy, add its host to NO_PROXY.',
      };
    case 'proxy-not-tls':
      return {
        what: 'the proxy does not speak TLS on this port',
        hint: 'Write http:// in place of https:// in the URL of the proxy: it says how the proxy is spoken to, not the server behind it, to which TLS goes in any case.',
      };
    case 'proxy-untrusted':
      return {
        what: `the proxy's own certificate is not trusted: ${failure.came}`,
        hint: "Add the certificate authority of the proxy to the machine's roots, or name its file in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS in the `env` of the job. The proxy is verified with these and with the authority of the cluster.",
      };
    case 'proxy-authentication':
      return {
        what: failure.sent
          ? 'the proxy did not accept the user and password (407)'
          : 'the proxy asks for a user and password (407)',
        hint: 'Write both into the URL of the proxy, before its host and an @, with a colon between them and special characters percent-encoded. Keep that URL in a secret.',
      };
    case 'proxy-refused':
      return {
        what: `the proxy did not connect to the server: ${failure.came}`,
        hint: 'The proxy has to allow this host and port (many allow only 443). If the cluster can be reached without the proxy, add its host to NO_PROXY.',
      };
    case 'proxy-failed':
      return {
        what: `the proxy broke off: ${failure.came}`,
        hint: 'Check that a proxy of this kind (http, https or socks5) listens at this address, and its log.',
      };
    case 'answer-truncated':
      return {
        what: 'the answer ended before it was complete',
        hint: 'The server restarted, or a proxy or load balancer on the way cut a long answer: look for limits on size or time there.',
      };
    case 'answer-malformed':
      return {
        what: `the answer is not valid HTTP: ${failure.came}`,
        hint: 'Check that the server URL is that of an API server: something else may listen on this port.',
      };
    case 'headers-too-large':
      return {
        what: `the headers of the answer are larger than ${formatSize(failure.maxBytes)}`,
        hint: 'No API server sends that much. Look at what lies between, a proxy or login page that sets large cookies.',
      };
    case 'body-too-large':
      return {
        what: `the answer, with those read at the same time, is larger than ${formatSize(failure.maxBytes)} when unpacked`,
        hint: 'No discovery document is that large. Check that the server URL is that of an API server, and what lies between.',
      };
    case 'encoding-invalid':
      return {
        what: `the answer is encoded as ${failure.encoding}, but cannot be unpacked: ${failure.came}`,
        hint: 'A proxy or load balancer on the way changes the answer. Setting disable-compression: true for the cluster in the kubeconfig avoids compression.',
      };
    case 'redirected':
      return {
        what: `the server answered ${failure.status} and points to ${failure.location}; redirects are not followed, because credentials for one host are not to be sent to another`,
        hint: failure.sameHost
          ? 'An API server does not redirect. Check the path of the server URL (Rancher: https://HOST/k8s/clusters/ID) and that it starts with https://.'
          : 'This looks like a login page or a front door, not an API server. Use the address of the API server itself, as `kubectl cluster-info` prints it.',
      };
    default:
      return assertNever(failure);
  }
}

function timeoutHint(phase: Phase): string {
  switch (phase) {
    case 'name':
      return "The runner's name server does not answer: check its network, or raise `timeout`.";
    case 'connect':
      return "A firewall that drops packets is the usual reason: allow the runner's addresses, use a runner inside the network, or a proxy.";
    case 'proxy-connect':
      return 'Check the address of the proxy and that the runner may reach it.';
    case 'proxy-answer':
      return 'The proxy took the connection but cannot reach the server, or does not speak this protocol: check its log and the kind of proxy (http, https, socks5).';
    case 'tls':
      return 'Something accepted the connection that does not answer as a TLS server: check the port, and what lies between.';
    case 'credentials':
      return 'The exec plugin or token service takes too long: run its command by hand on the runner, or raise `timeout`.';
    case 'turn':
    case 'answer':
    case 'body':
      return 'The server is slow or overloaded, or something on the way holds its answers back. If it is only slow, raise `timeout`.';
    default:
      return assertNever(phase);
  }
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Node gives a certificate's dates as `Nov  3 08:00:00 2026 GMT`. */
function certificateTime(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : formatTime(ms);
}

function formatSize(bytes: number): string {
  return bytes % (1024 * 1024) === 0 ? `${bytes / (1024 * 1024)} MiB` : `${Math.round(bytes / 1024)} KiB`;
}

const MOST_NAMES = 8;

function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
