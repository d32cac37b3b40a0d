import type { DocumentNode } from '../yaml/node.ts';

/** What is wrong with a definition, at a byte of its document; without a subject and a full stop. */
export interface Fault {
  readonly at: number;
  readonly what: string;
}

/** The decimal number at a byte; `undefined` where it is written in another way. */
export type NumberAt = (at: number) => number | undefined;

/** A name of a kind, a resource or a version. @see apimachinery pkg/util/validation/validation.go IsDNS1035Label */
export const LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A name of a group. @see the same, IsDNS1123Subdomain */
export const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

const HIGHEST_PORT = 65_535;

/** Whether a value can be the port of a service, as far as that can be told. */
export function isPort(value: DocumentNode, numberAt: NumberAt): boolean {
  const number = value.kind === 'number' ? numberAt(value.at) : 0;
  return number === undefined || (Number.isInteger(number) && number >= 1 && number <= HIGHEST_PORT);
}

export function isTrue(value: DocumentNode | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}
