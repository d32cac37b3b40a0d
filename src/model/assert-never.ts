/** Ends a switch over a union: a member without a case is a type error, and a value that slipped past the types throws. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}
