/** Holds the table of fields against the OpenAPI documents of real servers, which know nothing of Go sources. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Generation, generations } from '../../engines/paths.ts';
import { type ComponentField, fieldLifecycle } from '../../src/lifecycle/field-lifecycle.ts';
import { fields } from '../../src/lifecycle/fields.generated.ts';
import { startControlPlane } from '../helpers/control-plane.ts';
import { ask, bearer } from '../helpers/https.ts';

/** A component's properties, and the component that each leads to, if it does. */
type Properties = ReadonlyMap<string, string | undefined>;
type Components = ReadonlyMap<string, Properties>;

const documents = new Map<Generation, Components>();

beforeAll(async () => {
  for (const generation of generations) documents.set(generation, await componentsOf(generation));
});

describe.each(generations.map((generation) => ({ generation })))('$generation', ({ generation }) => {
  test('what it has is neither newer nor removed', () => {
    const all = everyField(generation);
    const wrong = all.filter(({ field, parent }) => !existsIn(generation, field, parent));
    expect(wrong.map(({ field }) => nameOf(field))).toEqual([]);
    expect(all.length).toBeGreaterThan(3000);
  });

  test('it has each field of the table exactly when the table says so', () => {
    const { agreed, wrong } = compareRows(generation);
    expect(wrong).toEqual([]);
    expect(agreed).toBeGreaterThan(150);
  });
});

describe.each([
  { older: '1.25', newer: '1.28' },
  { older: '1.25', newer: '1.37' },
  { older: '1.28', newer: '1.37' },
] as const)('$older and $newer', ({ older, newer }) => {
  test('each field that only one has, of a component that both have, is dated between them', () => {
    const wrong = (
      [
        [newer, older, 'since'],
        [older, newer, 'removed'],
      ] as const
    ).flatMap(([having, lacking, change]) =>
      everyField(having)
        .map(({ field, parent }) => ({ field: fieldAt(lacking, field, parent), parent }))
        .filter(({ field }) => componentOf(lacking, field.component)?.has(field.property) === false)
        .filter(({ field, parent }) => {
          const release = fieldLifecycle(field, parent)?.[change];
          return release === undefined || minorOf(release) <= minorOf(older) || minorOf(release) > minorOf(newer);
        })
        .map(({ field }) => `${nameOf(field)} ${change}`),
    );
    expect(wrong).toEqual([]);
  });
});

function existsIn(generation: Generation, field: ComponentField, parent: ComponentField | undefined): boolean {
  const { since, removed } = fieldLifecycle(field, parent) ?? {};
  return (
    (since === undefined || minorOf(since) <= minorOf(generation)) &&
    (removed === undefined || minorOf(removed) > minorOf(generation))
  );
}

/** The same place as another server documents it, which may have another component there. */
function fieldAt(generation: Generation, field: ComponentField, parent: ComponentField | undefined): ComponentField {
  const component = parent && componentOf(generation, parent.component)?.get(parent.property);
  return component === undefined ? field : { component, property: field.property };
}

/** Every property that a server documents, once for each property that leads to its component. */
function everyField(generation: Generation): readonly { field: ComponentField; parent: ComponentField | undefined }[] {
  const components = documents.get(generation) ?? new Map<string, Properties>();
  const parents = new Map<string, ComponentField[]>();
  for (const [component, properties] of components) {
    for (const [property, leadsTo] of properties) {
      if (leadsTo !== undefined) parents.set(leadsTo, [...(parents.get(leadsTo) ?? []), { component, property }]);
    }
  }
  return [...components].flatMap(([component, properties]) =>
    [...properties.keys()].flatMap((property) =>
      [undefined, ...(parents.get(component) ?? [])].map((parent) => ({ field: { component, property }, parent })),
    ),
  );
}

/** Goes through the rows of the table whose component a server has. */
function compareRows(generation: Generation): { readonly agreed: number; readonly wrong: readonly string[] } {
  let agreed = 0;
  const wrong: string[] = [];
  for (const [goPackage, rows] of Object.entries(fields)) {
    for (const [name, row] of Object.entries(rows)) {
      const owner = componentOf(generation, `${goPackage}.${name}`);
      if (owner === undefined) continue;
      for (const text of row.split(', ')) {
        const [first = '', second] = (text.split(' ')[0] ?? '').split('.');
        const above = { component: `${goPackage}.${name}`, property: first };
        const leadsTo = owner.get(first);
        if (second !== undefined && leadsTo === undefined) continue;
        const [field, parent, properties] =
          second === undefined || leadsTo === undefined
            ? [above, undefined, owner]
            : [{ component: leadsTo, property: second }, above, componentOf(generation, leadsTo)];
        if (properties?.has(field.property) === existsIn(generation, field, parent)) agreed += 1;
        else wrong.push(`${goPackage}.${name}: ${text}`);
      }
    }
  }
  return { agreed, wrong };
}

function componentOf(generation: Generation, component: string): Properties | undefined {
  return documents.get(generation)?.get(component);
}

/** All components of all group-versions, those that are off by default included. */
async function componentsOf(generation: Generation): Promise<Components> {
  const controlPlane = await startControlPlane({ generation, extraArgs: ['--runtime-config=api/all=true'] });
  try {
    const { server, caPem, tokens } = controlPlane;
    const get = async (path: string) => {
      const headers = { accept: 'application/json', ...bearer(tokens['admin']) };
      const { status, body } = await ask(`${server}${path}`, { caPem, headers, timeoutMs: 30_000 });
      expect(status, path).toBe(200);
      return JSON.parse(body);
    };
    const components = new Map<string, Properties>();
    const index: { paths: Record<string, { serverRelativeURL: string }> } = await get('/openapi/v3');
    for (const [path, { serverRelativeURL }] of Object.entries(index.paths)) {
      if (!/^api(s\/.+)?\/v[^/]+$/.test(path)) continue;
      const document: Document = await get(serverRelativeURL);
      for (const [name, { properties }] of Object.entries(document.components?.schemas ?? {})) {
        const leadsTo = Object.entries(properties ?? {}).map(([key, schema]) => [key, componentIn(schema)] as const);
        components.set(name, new Map(leadsTo));
      }
    }
    return components;
  } finally {
    await controlPlane.stop();
  }
}

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

function componentIn(schema: Schema | boolean | undefined): string | undefined {
  if (typeof schema !== 'object') return undefined;
  if (schema.$ref !== undefined) return schema.$ref.slice('#/components/schemas/'.length);
  return componentIn(schema.allOf?.[0]) ?? componentIn(schema.items) ?? componentIn(schema.additionalProperties);
}

function minorOf(release: string): number {
  return Number(release.split('.')[1]);
}

function nameOf({ component, property }: ComponentField): string {
  return `${component}.${property}`;
}
