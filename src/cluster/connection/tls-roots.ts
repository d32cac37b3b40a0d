/**
 * Every root that this machine trusts, in PEM: Node's own and `NODE_EXTRA_CA_CERTS`, and the operating system's with `SSL_CERT_FILE` and `SSL_CERT_DIR`, which are
 * all that kubectl goes by.
 *
 * Reading the system's takes some 40 ms; Node keeps what it read.
 *
 * @see Node's doc/api/tls.md, tls.getCACertificates; Go's crypto/x509 root_unix.go
 */
export function machineRoots(): string[] {
  const { getCACertificates } = process.getBuiltinModule('node:tls');
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
