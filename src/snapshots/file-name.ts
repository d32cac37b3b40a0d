const { createHash } = process.getBuiltinModule('node:crypto');

/** Names that every file system takes as they are, and tells apart. */
const PLAIN = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;
/**
 * Windows takes these for devices, whatever follows the first dot.
 * @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/;

/**
 * The name of a cluster's file: `production.json`, or `arn_aws_eks_prod~1f2e3d4c5b6a7980.json` where the cluster's own name is not one for a file.
 *
 * Two clusters never share a file: what had to be changed is told apart by a hash behind `~`, which no unchanged name has. Upper case counts as changed, since some
 * file systems do not tell it from lower case.
 */
export function snapshotFileName(cluster: string): string {
  if (PLAIN.test(cluster) && !RESERVED.test(cluster) && !cluster.includes('..')) return `${cluster}.json`;
  const readable = cluster
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '_')
    .slice(0, 60)
    .replace(/^[_-]+|[_-]+$/g, '');
  const hash = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  return `${readable === '' ? 'cluster' : readable}~${hash}.json`;
}
