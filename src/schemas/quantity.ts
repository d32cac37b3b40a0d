const SUFFIXES: ReadonlySet<string> = new Set([
  ...['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E'],
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'],
]);
const SHAPE = /^[-+]?[0-9]*(?:\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const EXPONENT = /^[eE][-+]?[0-9]+$/;
const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/**
 * Whether a text is a quantity: `500m`, `1.5Gi`, `1e3`. As the server has it, a sign or a point alone counts as zero.
 * @see apimachinery pkg/api/resource/quantity.go ParseQuantity, suffix.go interpret
 */
export function isQuantity(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return false;
  const suffix = SHAPE.exec(trimmed)?.[1];
  if (suffix === undefined) return false;
  if (SUFFIXES.has(suffix)) return true;
  if (!EXPONENT.test(suffix)) return false;
  const exponent = BigInt(suffix.slice(1).replace('+', ''));
  return exponent >= SMALLEST && exponent <= LARGEST;
}
