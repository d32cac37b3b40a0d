/**
 * Parameters with which this Node passes for another version: its version, and the functions of `process` that the other one lacks. It still knows
 * the syntax of its own version.
 */
export function disguisedAs(
  version: string,
  { lacks = ['getBuiltinModule'] }: { readonly lacks?: readonly string[] } = {},
): readonly string[] {
  const disguise = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: ${JSON.stringify(version)} } });
    for (const name of ${JSON.stringify(lacks)}) delete process[name];`;
  return ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`];
}
