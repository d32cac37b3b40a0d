import { fields } from './fields.generated.ts';

export { lastRelease } from './fields.generated.ts';

/** A property of a component, as OpenAPI documents name it: `io.k8s.api.core.v1.ServiceSpec`, `trafficDistribution`. */
export interface ComponentField {
  readonly component: string;
  readonly property: string;
}

/** In which releases of Kubernetes, as `1.30`, a built-in field exists; a side that is not set is open. */
export interface FieldLifecycle {
  /** The first release with it. Not set when it is as old as its component, or not newer than 1.19. */
  readonly since?: string | undefined;
  /** The first release without it. */
  readonly removed?: string | undefined;
}

/**
 * Since and until when a built-in field exists; `undefined` when that is as long as its component exists, or when
 * Kubernetes up to `lastRelease` does not know it at all. A feature gate may still switch it off.
 *
 * `parent` is the property that leads to the component, lists and maps aside. Some properties led to another component
 * in earlier releases, and below those `parent` decides: `namespace` exists since 1.26 in the `dataSourceRef` of a claim,
 * and in no release in its `dataSource`, although both led to the same component in 1.25.
 *
 * @see k8s.io/api and k8s.io/apimachinery, whose Go types `npm run lifecycle` compares release by release
 */
export function fieldLifecycle(
  { component, property }: ComponentField,
  parent?: ComponentField | undefined,
): FieldLifecycle | undefined {
  // The dot is the table's own: a property that a person wrote with one must not find such a row.
  if (property.includes('.')) return undefined;
  const below = parent && spansOf(parent.component)?.get(`${parent.property}.${property}`);
  return below ?? spansOf(component)?.get(property);
}

/** Rows of the table that have been read: looking ahead asks about every field of every object. */
const read = new Map<string, ReadonlyMap<string, FieldLifecycle>>();

function spansOf(component: string): ReadonlyMap<string, FieldLifecycle> | undefined {
  const known = read.get(component);
  if (known !== undefined) return known;
  const dot = component.lastIndexOf('.');
  const row = own(own(fields, component.slice(0, dot)), component.slice(dot + 1));
  if (row === undefined) return undefined;
  const spans = new Map(row.split(', ').map(readSpan));
  read.set(component, spans);
  return spans;
}

function readSpan(text: string): readonly [field: string, lifecycle: FieldLifecycle] {
  const [field = '', span = ''] = text.split(' ');
  const [since, removed] = span.split('-');
  return [field, { since: since || undefined, removed }];
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
