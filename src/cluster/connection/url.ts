/** The host of a URL as sockets take it: IPv6 addresses stand in brackets only in URLs. */
export function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
}

/** The port of a URL, given or not. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** `path` below the server's own path, as Rancher and other front doors have it. Neither the server's query nor its user goes along. */
export function urlBelow(server: URL, path: string): URL {
  const url = new URL(server.origin);
  const [pathname = '', ...query] = path.split('?');
  url.pathname = server.pathname.replace(/\/+$/, '') + pathname;
  url.search = query.join('?');
  return url;
}
