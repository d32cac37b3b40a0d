/** A number as Go reads it: exact where it is whole and fits 64 bits, otherwise the nearest double. */
export type GoNumber =
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number };

const WHOLE = /^[-+]?(?:0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/;
const FRACTION = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const OCTAL = /^0[0-7]+$/;

const SMALLEST = -(2n ** 63n);
const LARGEST_SIGNED = 2n ** 63n - 1n;
const LARGEST = 2n ** 64n - 1n;

/**
 * The number that a plain scalar of YAML 1.1 is, `undefined` for text. `1_000`, `0x1F`, `010` (octal) and `0b1` are whole numbers; what does not
 * fit 64 bits is a float, and what does not fit a float is text.
 * @see go.yaml.in/yaml/v2 resolve.go resolve
 */
export function yamlNumber(text: string): GoNumber | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  // Go looks for underscores only in what begins with a digit or a sign.
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (WHOLE.test(digits)) {
    const value = wholeNumber(digits);
    if (value !== undefined) return { kind: 'integer', value };
  }
  if (!FRACTION.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

function wholeNumber(digits: string): number | bigint | undefined {
  const negative = digits.startsWith('-');
  const bare = digits.replace(/^[-+]/, '').toLowerCase();
  const literal = (OCTAL.test(bare) ? `0o${bare.slice(1)}` : bare).replace(/^(0[box])0+(?=.)/, '$1');
  // More than this has no place in 64 bits, and fewer than that are exact in a double, in any base.
  if (literal.length > 66) return undefined;
  if (literal.length <= 13) return negative ? -Number(literal) || 0 : Number(literal);
  const value = negative ? -BigInt(literal) : BigInt(literal);
  // Go tries a signed number, and then one without a sign.
  return value >= SMALLEST && value <= (digits.startsWith('+') ? LARGEST_SIGNED : LARGEST) ? value : undefined;
}

/** Whether a whole number needs Go's uint64, which cannot be a key nor a `!!float`. */
export function isUnsigned({ kind, value }: GoNumber): boolean {
  return kind === 'integer' && value > LARGEST_SIGNED;
}

/** A number of YAML as kubectl sends it in JSON: `16` for `0x10`, `1e+21` for `1e21`. */
export function sentNumber({ kind, value }: GoNumber): string {
  if (kind === 'integer' && value <= LARGEST_SIGNED) return String(value);
  // kubectl decodes its own JSON once more: what does not fit int64 by then is a double, and -0 has become a whole number.
  return String(Number(value) || 0);
}

/**
 * A number of JSON as kubectl sends it: `3` for `3.0`; `undefined` for one that no double can hold, which kubectl refuses.
 * @see sigs.k8s.io/json UnmarshalCaseSensitivePreserveInts
 */
export function sentJsonNumber(text: string): string | undefined {
  if (/^-?[0-9]+$/.test(text)) {
    if (text.length <= 15) return String(Number(text) || 0);
    const value = text.length <= 20 ? BigInt(text) : LARGEST;
    if (value >= SMALLEST && value <= LARGEST_SIGNED) return String(value);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * The text that a number has as a key: a whole one in decimal, a float as Go prints a 32-bit one.
 * @see sigs.k8s.io/yaml yaml.go convertToJSONableObject
 */
export function keyNumber({ kind, value }: GoNumber): string {
  return kind === 'integer' ? String(value) : singlePrecision(value);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32). */
function singlePrecision(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let shortest = '';
  for (let digits = 1; digits <= 9; digits += 1) {
    shortest = single.toExponential(digits - 1);
    if (Math.fround(Number(shortest)) === single) break;
  }
  const exponent = Number(shortest.slice(shortest.indexOf('e') + 1));
  const digits = shortest.slice(0, shortest.indexOf('e')).replace(/[-.]/g, '').length;
  if (exponent < -4 || exponent >= 6) return shortest.replace(/e([-+])(\d)$/, 'e$10$2');
  return Number(shortest).toFixed(Math.max(0, digits - 1 - exponent));
}
