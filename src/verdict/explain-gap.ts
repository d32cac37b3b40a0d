import { assertNever } from '../model/assert-never.ts';
import { parseGroupVersion } from '../model/group-version.ts';
import type { Gap } from '../model/snapshot.ts';

/** A gap in the server's own words: `/apis is forbidden (…)`. */
export function describeGap(gap: Gap): string {
  const said = gap.message === '' ? '' : ` (${gap.message.replace(/\s+/g, ' ').replace(/\.$/, '')})`;
  return `${placeOf(gap)} ${describeReason(gap)}${said}`;
}

function placeOf(gap: Gap): string {
  return gap.kind === 'endpoint' ? gap.endpoint : gap.groupVersion;
}

function describeReason({ reason }: Gap): string {
  switch (reason) {
    case 'stale':
      return 'is registered, but its backend does not answer';
    case 'forbidden':
      return 'is forbidden to this user';
    case 'not-found':
      return 'was not found';
    case 'unavailable':
      return 'could not be asked';
    case 'invalid':
      return 'answered with something else than discovery';
    case 'not-recorded':
      return 'was not asked';
    default:
      return assertNever(reason);
  }
}

/** What closes a gap. */
export function adviceOnGap(gap: Gap): string {
  switch (gap.reason) {
    case 'forbidden':
      return 'Grant discovery to the user of this job: kubectl create clusterrolebinding kube-api-gate --clusterrole=system:discovery --user=NAME (or --serviceaccount=NAMESPACE:NAME).';
    case 'stale':
    case 'unavailable':
      return gap.kind === 'group-version' ? adviceOnBackend(gap.groupVersion) : adviceOnEndpoint(gap.endpoint);
    case 'not-found':
      return gap.kind === 'group-version'
        ? adviceOnBackend(gap.groupVersion)
        : `Check that the URL of the server, its path included, leads to a Kubernetes API server: kubectl get --raw ${gap.endpoint} should answer.`;
    case 'invalid':
      return gap.kind === 'group-version'
        ? adviceOnBackend(gap.groupVersion)
        : `Check what stands between the runner and the API server (a proxy, a sign-in page): kubectl get --raw ${gap.endpoint} shows what answers.`;
    case 'not-recorded':
      return 'Ask the cluster, without `cache: only`; or renew what kubectl keeps, for example by kubectl api-resources.';
    default:
      return assertNever(gap.reason);
  }
}

/** @see kube-aggregator pkg/apis/apiregistration: an APIService is named after its version and group */
function adviceOnBackend(groupVersion: string): string {
  const { group, version } = parseGroupVersion(groupVersion) ?? { group: '', version: '' };
  if (group === '') return adviceOnEndpoint(`/api/${version}`);
  return `kubectl get apiservice ${version}.${group} -o yaml says why; fix its backend, or delete the APIService if nothing needs it.`;
}

function adviceOnEndpoint(path: string): string {
  return `Look at the API server: kubectl get --raw ${path}, and kubectl get --raw '/readyz?verbose'. If it only needs time, set wait.`;
}
