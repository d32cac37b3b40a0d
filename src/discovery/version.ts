import type { ApiConnection } from '../cluster/cluster.ts';
import { GateError } from '../model/errors.ts';
import { type DocumentObject, InvalidDocument, text } from '../model/json-document.ts';
import type { Gap, ServerVersion } from '../model/snapshot.ts';
import { plainAccept } from './media-type.ts';
import { givenUp, type Unneeded } from './needs.ts';
import { endpointGap } from './refusal.ts';
import { type Reply, readReply } from './reply.ts';

/** The server's version, or the gap that stands for it. */
export type VersionAnswer =
  | { readonly kind: 'known'; readonly version: ServerVersion }
  | { readonly kind: 'unknown'; readonly gap: Gap };

/** Asks for the server's version. Every failure is a gap: only a requirement on the version itself depends on it. */
export async function askVersion(connection: ApiConnection, patience: Unneeded): Promise<VersionAnswer> {
  const answer = await ask(connection, patience).finally(patience.end);
  if (answer.kind === 'accepted') return { kind: 'known', version: answer.value };
  return { kind: 'unknown', gap: endpointGap('/version', answer.refusal) };
}

async function ask(connection: ApiConnection, { signal, isOver }: Unneeded): Promise<Reply<ServerVersion>> {
  try {
    return readReply(
      '/version',
      await connection.get({ path: '/version', accept: plainAccept, signal }),
      decodeVersion,
    );
  } catch (cause) {
    if (!(cause instanceof GateError)) throw cause;
    const refused = isOver() ? givenUp('/version', cause) : cause;
    const reason = cause.outcome === 'denied' ? 'forbidden' : 'unavailable';
    return { kind: 'refused', refusal: { reason, message: refused.message } };
  }
}

/** @see apimachinery pkg/version/types.go Info, which has no kind */
function decodeVersion(document: DocumentObject): ServerVersion {
  const gitVersion = text(document, 'gitVersion');
  if (gitVersion === '') throw new InvalidDocument('JSON without a gitVersion');
  return { gitVersion, major: text(document, 'major'), minor: text(document, 'minor') };
}
