/** What a hint says to do, and what it gives to be copied as it stands: the lines after its first blank one. */
export interface Hint {
  readonly advice: string;
  readonly example: readonly string[];
}

/** Takes a hint apart, so that an example keeps its lines and their indentation where advice is set as prose. */
export function readHint(text: string): Hint {
  const [advice = '', ...rest] = text.split('\n\n');
  const example = rest.join('\n\n').trimEnd();
  return { advice, example: example === '' ? [] : example.split('\n') };
}
