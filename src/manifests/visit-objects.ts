import { formatGroupVersion } from '../model/group-version.ts';
import type { Place } from '../model/place.ts';
import type { ManifestObject } from '../model/requirement.ts';
import { documentsOf } from '../yaml/documents.ts';
import { decodeFile } from '../yaml/file-text.ts';
import { lineCounter } from '../yaml/line-counter.ts';
import { type DocumentNode, EVERYTHING } from '../yaml/node.ts';
import type { ManifestFile } from './find-files.ts';
import { type ManifestSource, templateAbove } from './manifests.ts';
import { readObject } from './objects.ts';
import { contentReader } from './read-content.ts';

/** One object of a manifest with all that it says. Its tree is gone when the next one comes. */
export interface VisitedObject {
  /** As `apps/v1`. */
  readonly groupVersion: string;
  readonly kind: string;
  readonly object: ManifestObject;
  readonly node: DocumentNode;
  readonly file: ManifestFile;
  /** Of a byte in its tree; fast in ascending order. */
  readonly place: (at: number) => Place;
}

/** After so many bytes others get a turn. */
const BYTES_A_TURN = 4 * 1024 * 1024;

/**
 * Hands out each object in turn, whole: files are parsed again, one document's tree at a time, so that memory does not grow with the number of
 * manifests; what cannot be read is passed over, as it was told the first time.
 *
 * @returns the files that have more in one collection than is kept, and were not visited to their end
 */
export async function visitObjects(
  files: readonly ManifestSource[],
  visit: (object: VisitedObject) => void,
): Promise<readonly Place[]> {
  const cutShort: Place[] = [];
  const readContent = contentReader();
  let since = 0;
  for (const file of files) {
    if (since > BYTES_A_TURN) {
      since = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const content = file.content ?? readContent(file.path);
    if (content instanceof Error) continue;
    since += content.length;
    if (!visitFile(file, content, visit)) cutShort.push({ kind: 'file', file: file.file, line: 1 });
  }
  return cutShort;
}

/** Whether the file was visited to its end. */
function visitFile(file: ManifestFile, content: Buffer, visit: (object: VisitedObject) => void): boolean {
  const { bytes } = decodeFile(content);
  const position = lineCounter(bytes);
  for (const document of documentsOf(bytes, EVERYTHING)) {
    if (document.kind === 'unreadable' && document.isTooMuch === true) return false;
    if (document.kind !== 'object') continue;
    const { root, offset } = document;
    const template = templateAbove(bytes, document);
    const place = (at: number): Place => ({
      kind: 'file',
      file: file.file,
      ...position(at + offset),
      template,
    });
    readObject(root, {
      need: ({ groupVersion, kinds: [kind], isList, object, node, configuration }) => {
        if (isList || kind === undefined || configuration !== undefined) return;
        visit({ groupVersion: formatGroupVersion(groupVersion), kind, object, node, file, place });
      },
      placeAt: place,
      define: nothing,
      refuse: nothing,
      warn: nothing,
      unrendered: nothing,
      leaveOut: nothing,
      unnamed: () => undefined,
      isPlugin: false,
    });
  }
  return true;
}

function nothing(): void {
  // Told when the file was read the first time.
}
