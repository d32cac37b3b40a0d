import type { Impersonation } from '../access.ts';
import { headerValue } from './header.ts';

/** Not impersonating anyone. */
export const nobody: Impersonation = { user: '', uid: '', groups: [], extra: {} };

/**
 * The headers that ask the server to take one for somebody else.
 * @see client-go transport/round_trippers.go impersonatingRoundTripper
 */
export function impersonationHeaders({
  user,
  uid,
  groups,
  extra,
}: Impersonation): Readonly<Record<string, string | readonly string[]>> {
  if (user === '') return {};
  const extras = Object.entries(extra).filter(([, values]) => values.length > 0);
  return {
    'Impersonate-User': headerValue(user),
    ...(uid === '' ? {} : { 'Impersonate-Uid': headerValue(uid) }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups.map(headerValue) }),
    ...Object.fromEntries(
      extras.map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(headerValue)]),
    ),
  };
}

/** A key may hold what a header's name cannot, for example a slash. */
function escapeKey(key: string): string {
  return [...Buffer.from(key, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Who is impersonated, as one line that is the same however it was written; `''` for nobody. */
export function impersonationIdentity({ user, uid, groups, extra }: Impersonation): string {
  if (user === '') return '';
  const extras = Object.entries(extra).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify({ user, uid, groups: [...groups].sort(), extra: extras });
}
