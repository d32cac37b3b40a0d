import {
  type DocumentObject,
  expectFields,
  flag,
  InvalidDocument,
  object,
  objects,
  pathOf,
  text,
  texts,
} from './json-document.ts';
import type {
  DiscoveryEndpoint,
  Gap,
  GapReason,
  Resource,
  ServedGroup,
  ServedVersion,
  ServerVersion,
} from './snapshot.ts';

/**
 * Snapshots in documents of our own, read as untrusted input: only known fields are taken, each at its own place, and none is used as a property name or a path.
 * All of these throw `InvalidDocument`, which names the field at fault.
 */

/** The groups under `field`, in their order. */
export function groupsIn(parent: DocumentObject, field: string): readonly ServedGroup[] {
  return objects(parent, field).map(groupOf);
}

/** The version under `field`, or undefined when absent. */
export function serverVersionIn(parent: DocumentObject, field: string): ServerVersion | undefined {
  const version = object(parent, field);
  return version === undefined ? undefined : serverVersionOf(version);
}

/**
 * The gaps under `field`.
 *
 * @param words stand in for the server's own, which are not kept because they may name addresses and users
 */
export function gapsIn(parent: DocumentObject, field: string, words: string): readonly Gap[] {
  return objects(parent, field).map((gap) => gapOf(gap, words));
}

/** What is kept of a gap. */
export function gapRecord(gap: Gap): object {
  return gap.kind === 'endpoint'
    ? { endpoint: gap.endpoint, reason: gap.reason }
    : { groupVersion: gap.groupVersion, reason: gap.reason };
}

function groupOf(group: DocumentObject): ServedGroup {
  expectFields(group, ['name', 'versions']);
  return {
    name: word(group, 'name'),
    versions: objects(group, 'versions').map(servedVersionOf),
    preferredVersion: optionalWord(group, 'preferredVersion'),
  };
}

function servedVersionOf(version: DocumentObject): ServedVersion {
  expectFields(version, ['version', 'resources']);
  return { version: word(version, 'version'), resources: objects(version, 'resources').map(resourceOf) };
}

function resourceOf(resource: DocumentObject): Resource {
  expectFields(resource, ['name', 'singularName', 'namespaced', 'kind', 'verbs']);
  return {
    name: word(resource, 'name'),
    singularName: word(resource, 'singularName'),
    namespaced: flag(resource, 'namespaced'),
    kind: word(resource, 'kind'),
    group: optionalWord(resource, 'group'),
    version: optionalWord(resource, 'version'),
    verbs: words(resource, 'verbs'),
    shortNames: optionalWords(resource, 'shortNames'),
    categories: optionalWords(resource, 'categories'),
    storageVersionHash: optionalWord(resource, 'storageVersionHash'),
  };
}

function serverVersionOf(version: DocumentObject): ServerVersion {
  expectFields(version, ['gitVersion', 'major', 'minor']);
  return { gitVersion: word(version, 'gitVersion'), major: word(version, 'major'), minor: word(version, 'minor') };
}

const REASONS: readonly string[] = ['stale', 'forbidden', 'not-found', 'unavailable', 'invalid'] satisfies GapReason[];
const ENDPOINTS: readonly string[] = ['/api', '/apis', '/version'] satisfies DiscoveryEndpoint[];

/** A gap of an unknown kind would cover nothing, and what it covered would count as missing: it makes the entry invalid. */
function gapOf(gap: DocumentObject, words: string): Gap {
  const reason = oneOf(gap, 'reason', REASONS) as GapReason;
  if (gap.fields['endpoint'] === undefined) {
    expectFields(gap, ['groupVersion']);
    return { kind: 'group-version', groupVersion: word(gap, 'groupVersion'), reason, message: words };
  }
  const endpoint = oneOf(gap, 'endpoint', ENDPOINTS) as DiscoveryEndpoint;
  return { kind: 'endpoint', endpoint, reason, message: words };
}

export function oneOf(owner: DocumentObject, field: string, known: readonly string[]): string {
  const value = text(owner, field);
  if (!known.includes(value))
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not one of ${known.join(', ')}`);
  return value;
}

/** Longest name or word in a discovery document that is believed. */
const MAX_LENGTH = 1024;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** A short string without control characters: a log and a report can show it as it is. */
export function word(owner: DocumentObject, field: string): string {
  return checked(text(owner, field), owner, field);
}

export function optionalWord(owner: DocumentObject, field: string): string | undefined {
  return owner.fields[field] === undefined ? undefined : word(owner, field);
}

function words(owner: DocumentObject, field: string): readonly string[] {
  return texts(owner, field).map((each) => checked(each, owner, field));
}

function optionalWords(owner: DocumentObject, field: string): readonly string[] | undefined {
  return owner.fields[field] === undefined ? undefined : words(owner, field);
}

function checked(value: string, owner: DocumentObject, field: string): string {
  if (value.length <= MAX_LENGTH && !CONTROL_CHARACTERS.test(value)) return value;
  throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not a word`);
}
