import type { Reading } from '../../src/manifests/objects.ts';
import type { Definition } from '../../src/model/definition.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';

/** Hears nothing, but for what a test wants to hear. A byte of the document is the line of its place. */
export function readingOf(over: Partial<Reading> = {}): Reading {
  const ignore = () => undefined;
  return {
    need: ignore,
    placeAt: (at) => ({ kind: 'file', file: 'a.yaml', line: at }),
    define: ignore,
    refuse: ignore,
    warn: ignore,
    unrendered: ignore,
    leaveOut: ignore,
    unnamed: ignore,
    isPlugin: false,
    ...over,
  };
}

/** Each API that a definition names: `example.com/v1 Widget widgets served`. */
export function apisOf(definition: Definition): readonly string[] {
  if (definition.fault !== undefined) return [];
  if (definition.kind === 'group-version') return [`${formatGroupVersion(definition.brings)} * * served`];
  const { group, names, versions } = definition;
  return versions.map(
    ({ name, served }) =>
      `${formatGroupVersion({ group, version: name })} ${names.kind} ${names.plural} ${served ? 'served' : 'not served'}`,
  );
}
