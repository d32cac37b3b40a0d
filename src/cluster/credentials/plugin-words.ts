/** What every ExecCredential holds, and what says nothing of the secrets in it. */
const KNOWN =
  /^(?:ExecCredential|client\.authentication\.k8s\.io\/v\w+|clientCertificateData|clientKeyData|expirationTimestamp|accessToken|apiVersion|interactive)$/;

/** Shorter words of a plugin's output are no secrets, or none that could be told from words. */
const SHORTEST = 8;

/**
 * The words of what a plugin printed that may be a secret. It is meant to print secrets, so where its output cannot be read all of it is taken for one, but for
 * what is plainly a word.
 */
export function secretsIn(output: string): readonly string[] {
  const words = output.split(/[\s"'`{}[\](),;]+/).flatMap((word) => [word, ...word.split(/[:=]/)]);
  return [...new Set(words)].filter(
    (word) => word.length >= SHORTEST && !KNOWN.test(word) && !/^[A-Za-z]{1,19}[:.!?]?$/.test(word),
  );
}

/**
 * A line of a plugin's standard error without what looks like a token: a long word of letters and digits that is not a path, a URL, the name of a host, or an option.
 */
export function withoutTokens(line: string): string {
  return line.replace(/[^\s"'`{}[\](),;<>|]{16,}/g, (word) => {
    const [, before = '', rest = word] = /^(.*[=:])?(.*)$/s.exec(word) ?? [];
    if (/:\/\/|^[~.]?\/|^--?\w|\\/.test(word)) return word;
    const core = rest.length >= 16 ? rest : word;
    if (!/\d/.test(core) || !/[A-Za-z]/.test(core) || isHost(core)) return word;
    return core === word ? '***' : `${before}***`;
  });
}

function isHost(word: string): boolean {
  return /^(?:[\w-]+\.){2,}[a-z]{2,}\.?(?::\d+)?$/.test(word) && !word.startsWith('eyJ');
}
