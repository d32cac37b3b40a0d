import type { GroupVersion } from '../model/group-version.ts';
import { type DocumentNode, textUnder, valueUnder } from '../yaml/node.ts';
import { DOMAIN, type Fault, isPort, isTrue, isWithin, LABEL } from './definition-rules.ts';

const HIGHEST = { groupPriorityMinimum: 20_000, versionPriority: 1_000 } as const;

/**
 * Why the API server refuses an APIService that names a service.
 * @see kube-aggregator pkg/apis/apiregistration/validation/validation.go ValidateAPIService
 */
export function faultOfApiService(node: DocumentNode, { group, version }: GroupVersion): Fault | undefined {
  const spec = valueUnder(node, 'spec');
  const service = valueUnder(spec, 'service');
  const at = (value: DocumentNode | undefined) => value?.at ?? node.at;
  const name = valueUnder(valueUnder(node, 'metadata'), 'name');
  const wanted = `${version}.${group}`;
  if (name?.kind !== 'string' || name.text !== wanted) {
    const has = name?.kind === 'string' ? `is named ${name.text}` : 'has no name';
    return { at: at(name), what: `its name must be ${wanted}, and it ${has}` };
  }
  if (group === '' ? version !== 'v1' : !DOMAIN.test(group)) {
    return {
      at: at(valueUnder(spec, 'group')),
      what: group === '' ? 'it has no spec.group' : `${group} is not a valid name of a group`,
    };
  }
  if (!LABEL.test(version))
    return { at: at(valueUnder(spec, 'version')), what: `${version} is not a valid name of a version` };
  for (const [field, highest] of Object.entries(HIGHEST)) {
    const value = valueUnder(spec, field);
    if (value?.kind !== 'number') return { at: at(value ?? spec), what: `it has no spec.${field}` };
    if (!isWithin(value, highest)) {
      return { at: value.at, what: `its spec.${field} must be from 1 to ${highest}, and is ${value.text}` };
    }
  }
  const lacks = ['namespace', 'name'].find((field) => !textUnder(service, field));
  if (lacks !== undefined) return { at: at(service), what: `it has no spec.service.${lacks}` };
  const port = valueUnder(service, 'port');
  if (port !== undefined && !isPort(port)) {
    return { at: port.at, what: 'its spec.service.port must be from 1 to 65535' };
  }
  const insecure = valueUnder(spec, 'insecureSkipTLSVerify');
  if (isTrue(insecure) && textUnder(spec, 'caBundle')) {
    return { at: at(insecure), what: 'it has spec.insecureSkipTLSVerify: true beside a spec.caBundle' };
  }
  return undefined;
}
