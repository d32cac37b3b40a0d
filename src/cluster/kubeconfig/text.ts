import { GateError } from '../../model/errors.ts';
import { formatPlace, type Place } from '../../model/place.ts';
import { readConfiguration } from '../../yaml/configuration.ts';
import { toPlain } from '../../yaml/to-plain.ts';

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
