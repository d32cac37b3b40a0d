import type { DefinedVersion, KindDefinition } from '../model/definition.ts';
import { fieldOf, TEXT, textUnder, valueUnder, type Wanted } from '../yaml/node.ts';
import {
  DEFINITION_SPEC,
  type DefinitionNode,
  type DefinitionReading,
  definedVersions,
  NAMES,
  namesUnder,
  readDefinition,
  textsUnder,
} from './definitions.ts';

/** What is read of the spec of an object that an operator turns into a CustomResourceDefinition, beyond what a CustomResourceDefinition has. */
export const OPERATOR_SPEC: Readonly<Record<string, Wanted>> = {
  claimNames: NAMES,
  crd: { fields: { spec: { fields: { names: NAMES } } } },
  schema: { fields: { apiVersion: TEXT, kind: TEXT, group: TEXT } },
  api: {
    fields: {
      metadata: { fields: { name: TEXT, annotations: { everyField: TEXT } } },
      spec: { fields: DEFINITION_SPEC },
    },
  },
};

type Read = (definition: DefinitionNode, reading: DefinitionReading) => void;

/** By group and kind, whatever the version. */
const READERS: Readonly<Record<string, Read>> = {
  'templates.gatekeeper.sh/ConstraintTemplate': readConstraintTemplate,
  'apiextensions.crossplane.io/CompositeResourceDefinition': readCompositeResourceDefinition,
  'kro.run/ResourceGraphDefinition': readResourceGraphDefinition,
  'platform.kratix.io/Promise': readPromise,
};

/** Reads an object that its operator turns into a CustomResourceDefinition, for the operators whose rule is simple and documented. */
export function readOperatorDefinition(definition: DefinitionNode, reading: DefinitionReading): void {
  READERS[`${definition.groupVersion.group}/${definition.kind}`]?.(definition, reading);
}

/** What all of them have in common; versions that they do not name stay. */
function partial({ kind, groupVersion, at }: DefinitionNode, { placeAt }: DefinitionReading) {
  return { kind: 'kind', source: kind, groupVersion, isWhole: false, place: placeAt(at) } as const;
}

const CONSTRAINT_VERSIONS = ['v1beta1', 'v1alpha1'];

/** @see open-policy-agent/frameworks constraint/pkg/client/crds/crds.go CreateCRD */
function readConstraintTemplate(definition: DefinitionNode, reading: DefinitionReading): void {
  const spec = valueUnder(valueUnder(valueUnder(definition.node, 'spec'), 'crd'), 'spec');
  const names = namesUnder(spec, 'names');
  if (names.kind === '') return;
  const plural = names.kind.toLowerCase();
  const place = reading.placeAt(definition.at);
  reading.define({
    ...partial(definition, reading),
    group: 'constraints.gatekeeper.sh',
    names: { ...names, plural, singular: plural },
    namespaced: false,
    versions: CONSTRAINT_VERSIONS.map((name) => ({ ...served(name, place), subresources: ['status'] })),
  });
}

/** A composite resource, and its claim where one is named. @see docs.crossplane.io, Composite Resource Definitions */
function readCompositeResourceDefinition(definition: DefinitionNode, reading: DefinitionReading): void {
  const spec = valueUnder(definition.node, 'spec');
  const versions = definedVersions(spec, definition.at, reading).map(
    (version): DefinedVersion => ({ ...version, subresources: ['status'] }),
  );
  const scope = textUnder(spec, 'scope');
  for (const field of ['names', 'claimNames']) {
    const names = namesUnder(spec, field);
    if (names.kind === '' || names.plural === '') continue;
    // Without a scope it is the version of the definition's own API that says which one is meant.
    const namespaced = field === 'claimNames' || (scope === undefined ? undefined : scope === 'Namespaced');
    reading.define({
      ...partial(definition, reading),
      group: textUnder(spec, 'group') ?? '',
      names,
      namespaced,
      versions,
    });
  }
}

/** @see kro.run, ResourceGraphDefinition: the group is kro.run where none is named; how its plural is formed is not told */
function readResourceGraphDefinition(definition: DefinitionNode, reading: DefinitionReading): void {
  const schema = valueUnder(valueUnder(definition.node, 'spec'), 'schema');
  const [kind, version] = [textUnder(schema, 'kind'), textUnder(schema, 'apiVersion')];
  if (!kind || !version) return;
  const place = reading.placeAt(fieldOf(schema, 'apiVersion')?.at ?? definition.at);
  const names: KindDefinition['names'] = {
    kind,
    plural: '',
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    shortNames: textsUnder(schema, 'shortNames'),
    categories: [],
  };
  reading.define({
    ...partial(definition, reading),
    group: textUnder(schema, 'group') || 'kro.run',
    names,
    namespaced: undefined,
    versions: [{ ...served(version, place), subresources: ['status'] }],
  });
}

/** A Promise holds a whole CustomResourceDefinition. @see docs.kratix.io, Promise: spec.api */
function readPromise(definition: DefinitionNode, reading: DefinitionReading): void {
  const api = valueUnder(valueUnder(definition.node, 'spec'), 'api');
  if (api === undefined) return;
  readDefinition(
    { ...definition, node: api },
    { ...reading, define: (own) => reading.define({ ...own, isWhole: false } as typeof own) },
  );
}

function served(name: string, place: DefinedVersion['place']): DefinedVersion {
  return { name, served: true, deprecated: false, subresources: [], place };
}
