import { formatGroupVersion } from '../model/group-version.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * What `helm template --api-versions` takes: each served group-version, followed by each of its kinds, those of subresources among them.
 * In the server's order, each once.
 * @see Helm pkg/action/action.go GetVersionSet
 */
export function capabilitiesOf({ groups }: Snapshot): readonly string[] {
  return groups.flatMap(({ name: group, versions }) =>
    versions.flatMap(({ version, resources }) => {
      const groupVersion = formatGroupVersion({ group, version });
      const kinds = new Set(resources.map(({ kind }) => kind).filter((kind) => kind !== ''));
      return [groupVersion, ...[...kinds].map((kind) => `${groupVersion}/${kind}`)];
    }),
  );
}
