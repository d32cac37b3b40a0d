import type { ManifestReading } from '../manifests/manifests.ts';
import type { Release } from '../model/release.ts';
import { definedKinds, type Kinds, type WalkedObjects, walkObjects } from './walk-objects.ts';

/** What is done with the fields of one change, once for all clusters that answer the same. */
export interface FieldWork {
  /** The kinds that the change defines itself. */
  readonly defined: () => Promise<Kinds>;
  readonly walk: (kinds: Kinds, release: Release | undefined) => Promise<WalkedObjects>;
}

/** Nothing is read before it is asked for. */
export function openFieldWork(
  manifests: ManifestReading,
  { target, repositoryRoot }: { readonly target: Release | undefined; readonly repositoryRoot: string },
): FieldWork {
  let defining: Promise<Kinds> | undefined;
  const walks = new Map<string, Promise<WalkedObjects>>();
  return {
    defined: () => {
      defining ??= definedKinds(manifests);
      return defining;
    },
    walk: (kinds, release) => {
      const names = [...kinds].map(([kind, { name }]) => [kind, name]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
      const key = JSON.stringify([release?.major, release?.minor, names]);
      const walking = walks.get(key) ?? walkObjects(manifests, { kinds, release, target, repositoryRoot });
      walks.set(key, walking);
      return walking;
    },
  };
}
