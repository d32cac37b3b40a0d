/**
 * Whether a user name or password in a URL is cut short by a character that ends the host. `http://user:12#34@proxy` has the host `user`: what is left of the password
 * would be looked up, connected to and shown.
 */
export function isUserinfoCut(text: string): boolean {
  return /^[^/?#\\]*\/\/[^/?#\\]*[/?#\\].*@/s.test(text);
}

/** What could be the password in the URL of a proxy, however malformed, as it is written and decoded. */
export function passwordsIn(text: string): readonly string[] {
  const [, userinfo = ''] = /^(?:[^/?#@:]*:\/\/)?(.*)@[^@]*$/s.exec(text) ?? [];
  const colon = userinfo.indexOf(':');
  if (colon < 0) return [];
  const password = userinfo.slice(colon + 1);
  return [...new Set([password, decoded(password)])].filter((each) => each !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
