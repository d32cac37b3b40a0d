import type { Schema, SchemaDocument } from './schema.ts';

/** Tells whether a text matches a pattern of a schema; `undefined` where the pattern cannot be compiled. */
export type PatternMatch = (pattern: string, text: string) => boolean | undefined;

/**
 * Loads what patterns need. They are Go's, RE2, so that one that a browser's engine would take, or would take for ever over, means here what it means to the
 * API server, in time that is linear in the text.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export async function loadPatterns(): Promise<PatternMatch> {
  const { RE2JS } = await import('re2js');
  const compiled = new Map<string, { find(text: string): boolean } | undefined>();
  return (pattern, text) => {
    if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
    return compiled.get(pattern)?.find(text);
  };

  function compile(pattern: string): { find(text: string): boolean } | undefined {
    try {
      const matcher = RE2JS.compile(pattern);
      return { find: (text) => matcher.matcher(text).find() };
    } catch {
      return undefined;
    }
  }
}

/** Whether any schema of a document has a pattern: only then is there something to load. */
export function usesPatterns({ types }: SchemaDocument): boolean {
  return Object.values(types).some(hasPattern);
}

function hasPattern({ pattern, properties, additionalProperties, items }: Schema): boolean {
  return (
    pattern !== undefined ||
    (properties !== undefined && Object.values(properties).some(hasPattern)) ||
    (typeof additionalProperties === 'object' && hasPattern(additionalProperties)) ||
    (items !== undefined && hasPattern(items))
  );
}
