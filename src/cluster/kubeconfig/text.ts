import { GateError } from '../../model/errors.ts';
import { formatPlace, type Place } from '../../model/place.ts';
import { readPlainKubeconfig } from './plain.ts';

/** What the input `kubeconfig` turned out to be. */
export type KubeconfigInput =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'content'; readonly content: string };

/** Tells a path from the kubeconfig itself. */
export function recogniseInput(text: string): KubeconfigInput {
  return looksLikeContent(text) ? { kind: 'content', content: text } : { kind: 'path', path: text.trim() };
}

/** Whether a text is a kubeconfig rather than the name of one. */
export function looksLikeContent(text: string): boolean {
  const trimmed = text.trim();
  return (
    /[\r\n]/.test(trimmed) ||
    /^(?:[{#]|---|%YAML)/.test(trimmed) ||
    /^['"]?(?:apiVersion|kind|clusters|contexts|users|current-context|preferences)['"]?\s*:/.test(trimmed)
  );
}

/**
 * Parses kubeconfig YAML or JSON; of several documents the first counts, and the last of equal keys, as in kubectl.
 * @throws GateError `invalid-input` with line and reason, and without a word of the content
 */
export async function parseKubeconfig(text: string, place: Place): Promise<unknown> {
  const quick = readJson(text) ?? readPlainKubeconfig(text);
  if (quick !== undefined) return quick.document;
  const { loadAll, CORE_SCHEMA, mergeTag, YAMLException } = await import('js-yaml');
  try {
    const [document] = loadAll(withoutByteOrderMark(text), { schema: CORE_SCHEMA.withTags(mergeTag), json: true });
    return document;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark === undefined ? undefined : error.mark.line + 1;
    throw notYaml(withLine(place, line), withoutContent(error.reason));
  }
}

/** JSON is YAML, and needs no parser to be loaded. */
function readJson(text: string): { readonly document: unknown } | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return { document: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** What the parser quotes, such as the name of an alias, may be a piece of a secret. */
function withoutContent(reason: string): string {
  return reason.replace(/"[^"]*"|'[^']*'|<[^>]*>|!\S+/g, '…');
}

function withLine(place: Place, line: number | undefined): Place {
  return line === undefined ? place : { ...place, line };
}

function notYaml(place: Place, reason: string): GateError {
  const message = `${formatPlace(place)} is not YAML: ${reason}`;
  const hint =
    'Check that line breaks and indentation arrived as they were: `kubectl config view --raw` prints a whole kubeconfig.';
  return new GateError('invalid-input', 'kubeconfig-yaml', message, { hint, problems: [{ place, message, hint }] });
}
