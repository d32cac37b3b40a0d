import type { Secrets } from '../../model/world.ts';

/** Below this a line of a key says nothing, and hiding it would blot out half of the log. */
const SHORTEST_LINE = 8;

/** Hides a secret of one line or several, however it is quoted later: each of its lines, and the whole in base64 where it is sent so. */
export function maskSecret(secret: string, secrets: Secrets): void {
  const text = secret.trim();
  if (text === '') return;
  if (!/[\r\n]/.test(text)) {
    secrets.mask(text);
    return;
  }
  for (const line of text.split(/[\r\n]+/)) {
    const part = line.trim();
    // A PEM begins with words that every certificate begins with; hidden, they would make a riddle of any message about one.
    if (part.length >= SHORTEST_LINE && !part.startsWith('-----')) secrets.mask(part);
  }
}

/** Hides a private key, as it is and in the base64 of a kubeconfig. */
export function maskPrivateKey(pem: string, secrets: Secrets): void {
  maskSecret(pem, secrets);
  if (pem.trim() !== '') secrets.mask(Buffer.from(pem, 'utf8').toString('base64'));
}
