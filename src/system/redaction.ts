/** Below this many characters a "secret" would blot out ordinary words; a runner's own masking has no such floor. */
const SHORTEST_SECRET = 4;

/** Secrets that this run has acquired, and texts without them. */
export interface Redaction {
  /** Remembers a secret, and announces it where it can be hidden before anything is printed. */
  readonly mask: (secret: string) => void;
  /** `text` with every remembered secret replaced by `***`. */
  readonly redact: (text: string, shortest?: number) => string;
}

/** A secret as it is, and as JSON and URLs write it: a server that tells it back may do so in either. A runner knows these of itself. */
function spellingsOf(secret: string): readonly string[] {
  const sound = secret.toWellFormed();
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(sound), encodeURI(sound)];
}

/**
 * A runner masks its log and nothing else: files, outputs and the summary are ours to keep clean.
 *
 * @param announce tells the runner; called once a secret
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#masking-a-value-in-a-log
 */
export function openRedaction(announce: (secret: string) => void): Redaction {
  const secrets = new Set<string>();
  return {
    mask: (secret) => {
      if (secret.trim() === '' || secrets.has(secret)) return;
      for (const spelling of spellingsOf(secret)) secrets.add(spelling);
      announce(secret);
    },
    redact: (text, shortest = SHORTEST_SECRET) => {
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      return longestFirst.reduce(
        (clean, secret) => (secret.length < shortest ? clean : clean.replaceAll(secret, '***')),
        text,
      );
    },
  };
}
