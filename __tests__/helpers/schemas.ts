import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';

const resolve = createRequire(import.meta.url).resolve;

function read(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}

function faults(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What a published schema of docs/schemas says against `value`; nothing when it is valid. */
export function faultsBySchema(
  name: 'report' | 'exemptions' | 'baseline' | 'snapshot',
  value: unknown,
): readonly string[] {
  const path = new URL(`../../docs/schemas/${name}.json`, import.meta.url).pathname;
  return faults(new Ajv({ allErrors: true, allowUnionTypes: true }).compile(read(path)), value);
}

/** What SARIF's own schema, version 2.1.0, says against `value`. */
export function faultsBySarif(value: unknown): readonly string[] {
  const schema = read(resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const ajv = new AjvDraft04.default({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
    logger: false,
  });
  return faults(ajv.compile(schema), value);
}
