import type { GroupVersion } from '../model/group-version.ts';
import type { Api } from '../model/requirement.ts';

/** What one line asks for, or the reason why it asks for nothing that could be judged. */
export type LineReading =
  | { readonly kind: 'requirement'; readonly anyOf: readonly [Api, ...Api[]]; readonly negated: boolean }
  | { readonly kind: 'error'; readonly reason: string };

type ApiReading = { readonly kind: 'api'; readonly api: Api } | { readonly kind: 'error'; readonly reason: string };

/** The verbs of discovery. @see apiserver pkg/endpoints/installer.go, where they are put together */
export const VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** The built-in groups whose names have no dot; that of every other group has one. */
export const SHORT_GROUPS: readonly string[] = ['apps', 'autoscaling', 'batch', 'extensions', 'policy'];

/** Several alternatives with the longest names there are. */
const LONGEST_LINE = 1_000;

const LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const KIND = /^[A-Z](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const VERSION_LIKE = /^v\d[-a-z0-9]*$/;
const ALLOWED = /^[\x20-\x7e\s]*$/;
const NOT_ALLOWED = /[^\x20-\x7e\s]/u;

function error(reason: string): { readonly kind: 'error'; readonly reason: string } {
  return { kind: 'error', reason };
}

/**
 * Reads one line, without white space around it and without a comment.
 *
 * Names are checked by Kubernetes' own rules: what no server could serve is a slip of the finger, and a negated slip would hold for ever.
 * @see apimachinery pkg/util/validation/validation.go IsDNS1123Subdomain, IsDNS1035Label
 */
export function readLine(line: string): LineReading {
  if (line.length > LONGEST_LINE) return error(`it has more than ${LONGEST_LINE} characters`);
  if (!ALLOWED.test(line)) return error(`it holds ${nameCharacter(NOT_ALLOWED.exec(line)?.[0] ?? '')}`);
  if (/["'`]/.test(line)) return error('quotes have no place in it');
  const negated = line.startsWith('!');
  const alternatives = line.slice(negated ? 1 : 0).split('|');
  if (negated && alternatives.length > 1) return error('what must not be served stands alone on its line');
  const apis: Api[] = [];
  for (const alternative of alternatives) {
    const reading = readAlternative(alternative.trim());
    if (reading.kind === 'error') return reading;
    apis.push(reading.api);
  }
  const [first, ...others] = apis;
  if (first === undefined) return error('it is empty');
  return (negated && whyNotNegated(first)) || { kind: 'requirement', anyOf: [first, ...others], negated };
}

/** What is fine to ask for, as it fails when it is wrong, and must not be asked against, as it would always hold. */
function whyNotNegated(api: Api): LineReading | undefined {
  if ((api.kind === 'kind' || api.kind === 'resource') && api.verbs.length > 1) {
    return error('with several verbs it does not say whether one of them is too many or only all of them');
  }
  if ('groupVersion' in api && !VERSION_LIKE.test(api.groupVersion.version)) {
    return error(`${api.groupVersion.version} does not look like a version`);
  }
  const group = 'groupVersion' in api ? api.groupVersion.group : api.kind === 'group' ? api.group : '';
  if (group !== '' && !group.includes('.') && !SHORT_GROUPS.includes(group)) {
    return error(`${group} is not a Kubernetes group`);
  }
  return undefined;
}

function readAlternative(text: string): ApiReading {
  const [name = '', ...options] = text.split(/\s+/);
  if (name === '') return error('an alternative is empty');
  const api = readApi(name);
  if (api.kind === 'error' || options.length === 0) return api;
  const [option = '', stray] = options;
  const [, key, list] = /^([^=]*)=(.*)$/.exec(option) ?? [];
  if (key === undefined || list === undefined) return error(`${option} is more than a requirement has`);
  if (key !== 'verbs') return error(`${key}= is not known, verbs= is`);
  if (stray !== undefined) return error(`${stray} is more than a requirement has`);
  return withVerbs(api.api, list.split(','));
}

function withVerbs(api: Api, verbs: readonly string[]): ApiReading {
  if (api.kind !== 'kind' && api.kind !== 'resource') return error('verbs belong to a kind or a resource');
  const wrong = verbs.find((verb) => !VERBS.includes(verb));
  if (wrong !== undefined) {
    return error(`${wrong === '' ? 'an empty word' : wrong} is not a verb; the verbs are ${VERBS.join(', ')}`);
  }
  return { kind: 'api', api: { ...api, verbs: [...new Set(verbs)] } };
}

/**
 * A first part that looks like a version stands for the core group.
 * @see the rule for `.Capabilities.APIVersions.Has` in Helm's documentation, which writes `v1/Pod` alike
 */
function readApi(name: string): ApiReading {
  const parts = name.split('/');
  if (parts.includes('')) return error('a part between two slashes is empty');
  const [first = '', second, ...rest] = parts;
  if (VERSION_LIKE.test(first)) {
    if (second !== undefined && (SHORT_GROUPS.includes(second) || second.includes('.'))) {
      return error('the group stands before its version');
    }
    return readMember({ group: '', version: first }, parts.slice(1));
  }
  if (first === 'core') return error('the core group has no name');
  if (!SUBDOMAIN.test(first)) return error(whyNoGroup(first, second));
  if (second === undefined) return error(`${first} is a group without a version`);
  if (second === '*') {
    if (rest.length > 0) return error('* stands for any version of a whole group only');
    return { kind: 'api', api: { kind: 'group', group: first } };
  }
  return readMember({ group: first, version: second }, rest);
}

function whyNoGroup(first: string, second: string | undefined): string {
  if (second === undefined && KIND.test(first)) return 'a kind needs its group and version';
  if (/[A-Z]/.test(first)) return 'the name of a group is all lower case';
  return `${first} cannot be the name of a group`;
}

function readMember(groupVersion: GroupVersion, names: readonly string[]): ApiReading {
  const { group, version } = groupVersion;
  if (KIND.test(version) && !/^V\d/.test(version))
    return error(`the version is missing between ${group} and ${version}`);
  if (/[A-Z]/.test(version)) return error('versions are all lower case');
  const plausible = LABEL.test(version) && (VERSION_LIKE.test(version) || group.includes('.'));
  if (!plausible) return error(`${version} does not look like a version`);
  const [first, second, tooMany] = names;
  if (first === undefined) return { kind: 'api', api: { kind: 'group-version', groupVersion } };
  if (tooMany !== undefined) return error('it has more parts than group, version, resource and subresource');
  if (KIND.test(first)) {
    if (second !== undefined) return error('a subresource belongs to a resource, which is lower case and plural');
    return { kind: 'api', api: { kind: 'kind', groupVersion, name: first, verbs: [] } };
  }
  const wrong = [first, second].find((name) => name !== undefined && !LABEL.test(name));
  if (wrong !== undefined) return error(whyNoResource(wrong));
  return { kind: 'api', api: { kind: 'resource', groupVersion, name: names.join('/'), verbs: [] } };
}

function whyNoResource(name: string): string {
  if (name === '*') return '* stands for any version of a whole group only';
  return /[A-Z]/.test(name)
    ? 'a kind starts in upper case, and a resource is all lower case'
    : `${name} cannot be the name of a kind or a resource`;
}

/** A character that a person may not be able to see or tell apart. */
function nameCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /\p{L}|\p{N}|\p{P}|\p{S}/u.test(character)
    ? `the character ${character} (${code})`
    : `an invisible character (${code})`;
}
