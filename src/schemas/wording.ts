/** The longest value that a message quotes. */
const LONGEST_VALUE = 60;
const MOST_VALUES = 10;

/** A value in quotes, cut where it is long; nothing where it may not be told. */
export function quoted(text: string, hides: boolean): string | undefined {
  if (hides) return undefined;
  const [...characters] = text;
  return JSON.stringify(characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE).join('')}…` : text);
}

/** `A, B, C`, the first of many. */
export function choices(values: readonly unknown[]): string {
  const shown = values
    .slice(0, MOST_VALUES)
    .map((value) => (typeof value === 'string' ? value || '""' : JSON.stringify(value)));
  return values.length > MOST_VALUES ? `${shown.join(', ')} and ${values.length - MOST_VALUES} more` : shown.join(', ');
}

/** `must be a quantity such as 500m; this is "1.5Gx"`, without the value where it may not be told. */
export function mustBe(what: string, value: string | undefined): string {
  return value === undefined ? `must be ${what}` : `must be ${what}; this is ${value}`;
}
