import type { Recording } from './recording.ts';

interface Listing {
  readonly items?: readonly { readonly versions: readonly { readonly freshness?: string }[] }[];
}

/** The recording as it would be without the APIService whose backend is gone: a snapshot of it has no gaps, and may be cached. */
export function wholeRecording(recording: Recording): Recording {
  return {
    ...recording,
    documents: recording.documents.map((document) => {
      const { answer } = document;
      if (!answer.body.includes('"Stale"')) return document;
      const listing = JSON.parse(answer.body) as Listing;
      const items = listing.items?.map((item) => ({
        ...item,
        versions: item.versions.filter(({ freshness }) => freshness !== 'Stale'),
      }));
      return { ...document, answer: { ...answer, body: JSON.stringify({ ...listing, items }) } };
    }),
  };
}

/** The recording with one more group in its aggregated list, as after the installation of a CRD: another document, so another ETag. */
export function withGroup(recording: Recording, group: string, version: string, kind: string): Recording {
  return {
    ...recording,
    documents: recording.documents.map((document) => {
      if (document.path !== '/apis' || document.format === 'plain') return document;
      const { answer } = document;
      const listing = JSON.parse(answer.body) as Listing;
      const resource = {
        resource: `${kind.toLowerCase()}s`,
        responseKind: { group, version, kind },
        scope: 'Namespaced',
        singularResource: kind.toLowerCase(),
        verbs: ['create', 'get', 'list'],
      };
      const item = { metadata: { name: group }, versions: [{ version, resources: [resource], freshness: 'Current' }] };
      const headers = Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [
          name,
          name.toLowerCase() === 'etag' ? `"${group}${value.slice(1)}` : value,
        ]),
      );
      return {
        ...document,
        answer: { ...answer, headers, body: JSON.stringify({ ...listing, items: [...(listing.items ?? []), item] }) },
      };
    }),
  };
}
