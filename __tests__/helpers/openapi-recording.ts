import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from './recording.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'openapi');

/** A recording whose server publishes schemas as well: of some kinds of v1 and apps/v1. */
export function withSchemas(recording: Recording): Recording {
  const body = (name: string): string => readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  const document = (path: string, name: string): Recording['documents'][number] => ({
    path,
    format: 'plain',
    answer: { status: 200, headers: { 'content-type': 'application/json' }, body: body(name) },
  });
  return {
    ...recording,
    documents: [
      ...recording.documents,
      document('/openapi/v3', 'index'),
      document('/openapi/v3/api/v1', 'api_v1'),
      document('/openapi/v3/apis/apps/v1', 'apis_apps_v1'),
    ],
  };
}
