/** A kubeconfig without what tools wrap around it, and what that was, outermost first. */
export interface Unwrapped {
  readonly text: string;
  readonly wrappings: readonly ('base64' | 'quotes')[];
}

/** A secret that was encoded by hand and again by a tool; more is no habit of anybody's. */
const MOST_WRAPPINGS = 4;

/** Takes base64, once or several times over, and quotes off a kubeconfig. A text that does not become one is left as it is. */
export function unwrapKubeconfig(text: string): Unwrapped {
  const wrappings: ('base64' | 'quotes')[] = [];
  let inner = text;
  while (wrappings.length < MOST_WRAPPINGS) {
    const next = withoutQuotes(inner) ?? withoutBase64(inner);
    if (next === undefined) break;
    wrappings.push(next.wrapping);
    inner = next.text;
  }
  return wrappings.length > 0 && isContent(inner) ? { text: inner, wrappings } : { text, wrappings: [] };
}

/** Whether a text holds what only a kubeconfig does, in lines or on one. */
function isContent(text: string): boolean {
  return /(?:^|[\s{,"'])(?:apiVersion|clusters|contexts|current-context)["']?\s*:/.test(text);
}

interface Layer {
  readonly text: string;
  readonly wrapping: 'base64' | 'quotes';
}

function withoutQuotes(text: string): Layer | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const [, quote, inner = ''] = /^(["'])(.*)\1$/s.exec(trimmed) ?? [];
  // YAML whose first key and last value are in quotes begins and ends in the same way.
  if (quote === undefined || inner.trim() === '' || /^[\w-]+["']\s*:/.test(inner)) return undefined;
  return { text: quote === '"' ? (jsonText(trimmed) ?? inner) : inner, wrapping: 'quotes' };
}

/** What a JSON string says; one that spans lines is none, and its quotes are only taken off. */
function jsonText(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function withoutBase64(text: string): Layer | undefined {
  const packed = text.replace(/^\uFEFF/, '').replace(/\s/g, '');
  if (packed.length < 40 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return undefined;
  const decoded = Buffer.from(packed, 'base64').toString('utf8');
  // What is not text was no base64 of a kubeconfig.
  return /[\uFFFD\0]/.test(decoded) ? undefined : { text: decoded, wrapping: 'base64' };
}

/** In words, to stand after "is". */
export function describeWrappings(wrappings: Unwrapped['wrappings']): string {
  const times = wrappings.filter((each) => each === 'base64').length;
  const often = times === 1 ? '' : times === 2 ? ', twice over' : `, ${times} times over`;
  const parts = [...(wrappings.includes('quotes') ? ['in quotes'] : []), ...(times > 0 ? [`in base64${often}`] : [])];
  return parts.join(' and ');
}
