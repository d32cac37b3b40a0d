/** Keeps one of each text and of each value that many reports repeat, so that two hundred of them fit into memory. */
export interface Pool {
  readonly text: (text: string) => string;
  /** What `make` makes of `json`; of equal JSON the same value. `kind` keeps apart what different functions make. */
  readonly shared: <T>(kind: string, json: unknown, make: () => T) => T;
}

export function openPool(): Pool {
  const texts = new Map<string, string>();
  const values = new Map<string, unknown>();
  return {
    text: (text) => {
      const known = texts.get(text);
      if (known !== undefined) return known;
      texts.set(text, text);
      return text;
    },
    shared: <T>(kind: string, json: unknown, make: () => T): T => {
      const key = `${kind} ${JSON.stringify(json)}`;
      const known = values.get(key);
      if (known !== undefined) return known as T;
      const made = make();
      values.set(key, made);
      return made;
    },
  };
}
