import type { DocumentNode } from '../yaml/node.ts';

/** What is wrong with a definition, at a byte of its document; without a subject and a full stop. */
export interface Fault {
  readonly at: number;
  readonly what: string;
}

/** A name of a kind, a resource or a version. @see apimachinery pkg/util/validation/validation.go IsDNS1035Label */
export const LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A name of a group. @see the same, IsDNS1123Subdomain */
export const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

const HIGHEST_PORT = 65_535;

/** Whether a value is a whole number from 1 to the highest. */
export function isWithin(value: DocumentNode | undefined, highest: number): boolean {
  const number = value?.kind === 'number' ? Number(value.text) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= highest;
}

/** Whether a value can be the port of a service. */
export function isPort(value: DocumentNode): boolean {
  return isWithin(value, HIGHEST_PORT);
}

export function isTrue(value: DocumentNode | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}
