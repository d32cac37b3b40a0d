import { GateError } from '../../model/errors.ts';
import { formatPlace, type Place } from '../../model/place.ts';
import { readConfiguration } from '../../yaml/configuration.ts';
import { toPlain } from '../../yaml/to-plain.ts';

/** What the input `kubeconfig` turned out to be. */
export type KubeconfigInput =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'content'; readonly content: string };

/**
 * Tells a path from the kubeconfig itself.
 * @throws GateError `invalid-input` for a kubeconfig in base64, which is a habit of other tools
 */
export function recogniseInput(text: string): KubeconfigInput {
  if (isEncodedKubeconfig(text)) {
    const place: Place = { kind: 'input', input: 'kubeconfig' };
    const message = 'The input `kubeconfig` is a kubeconfig in base64; a path or the YAML itself is needed';
    const hint =
      'Store the kubeconfig in the secret as it is, or decode it in an earlier step (`base64 -d > "$RUNNER_TEMP/kubeconfig"`) and give that path.';
    throw new GateError('invalid-input', 'kubeconfig-base64', message, { hint, problems: [{ place, message, hint }] });
  }
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

/** Whether a text is a kubeconfig that went through base64. */
export function isEncodedKubeconfig(text: string): boolean {
  const packed = text.replace(/\s/g, '');
  if (packed.length < 40 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return false;
  return /\b(?:apiVersion|clusters|contexts|current-context)\b/.test(Buffer.from(packed, 'base64').toString('utf8'));
}

/**
 * Parses kubeconfig YAML or JSON as kubectl does: of several documents the first counts, and the last of equal keys.
 * @throws GateError `invalid-input` with line and reason, which never quotes the content
 */
export function parseKubeconfig(content: Buffer, place: Place): unknown {
  const read = readConfiguration(content);
  if (read.kind === 'unreadable') throw notYaml({ ...place, line: read.position.line }, read.message);
  return read.root === undefined ? undefined : toPlain(read.root);
}

function notYaml(place: Place, reason: string): GateError {
  const message = `${formatPlace(place)} is not YAML: ${reason}`;
  const hint =
    'Check that line breaks and indentation arrived as they were: `kubectl config view --raw` prints a whole kubeconfig.';
  return new GateError('invalid-input', 'kubeconfig-yaml', message, { hint, problems: [{ place, message, hint }] });
}
