import { GateError } from '../../model/errors.ts';

/** One object of a kubeconfig, read field by field; what is absent or null reads as empty, as in client-go. */
export interface Fields {
  text(key: string): string;
  texts(key: string): readonly string[];
  textLists(key: string): Readonly<Record<string, readonly string[]>>;
  flag(key: string): boolean;
  /** The text that is written in base64. */
  base64(key: string): string;
  child(key: string): Fields;
  optionalChild(key: string): Fields | undefined;
  children(key: string): readonly Fields[];
  unknown(key: string): unknown;
  /** An error about one field that says what is wrong with it, and not what it holds. */
  invalid(key: string, problem: string): GateError;
}

/**
 * Reads `value` as an object; `source` and `path` say in errors where it is.
 * @throws GateError `invalid-input` when it is none; so does every read of a field with the wrong type
 */
export function fieldsOf(value: unknown, source: string, path: string): Fields {
  if (value === null || value === undefined) return fieldsOf({}, source, path);
  if (!isObject(value)) throw path === '' ? notKubeconfig(source, value) : wrongType(source, path, 'an object', value);

  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const read = (key: string) => (Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined);
  const list = (key: string) => asList(read(key), source, at(key));

  return {
    text: (key) => asText(read(key), source, at(key)),
    texts: (key) => list(key).map((item, index) => asText(item, source, `${at(key)}[${index}]`)),
    textLists: (key) => {
      const entry = read(key) ?? {};
      if (!isObject(entry)) throw wrongType(source, at(key), 'an object', entry);
      return Object.fromEntries(
        Object.entries(entry).map(([name, items]) => {
          const where = `${at(key)}[${JSON.stringify(name)}]`;
          return [
            name,
            asList(items ?? [], source, where).map((item, index) => asText(item, source, `${where}[${index}]`)),
          ];
        }),
      );
    },
    flag: (key) => asFlag(read(key), source, at(key)),
    base64: (key) => asBase64(asText(read(key), source, at(key)), source, at(key)),
    child: (key) => fieldsOf(read(key), source, at(key)),
    optionalChild: (key) => (read(key) === undefined ? undefined : fieldsOf(read(key), source, at(key))),
    children: (key) => list(key).map((item, index) => fieldsOf(item, source, `${at(key)}[${index}]`)),
    unknown: read,
    invalid: (key, problem) => invalidField(source, at(key), problem),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown, source: string, path: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw wrongType(source, path, 'a string', value);
  return value;
}

function asList(value: unknown, source: string, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrongType(source, path, 'a list', value);
  return value;
}

function asFlag(value: unknown, source: string, path: string): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw wrongType(source, path, 'true or false', value);
}

/** Strict, as Go's decoder is: only line breaks may stand between. */
function asBase64(value: string, source: string, path: string): string {
  // By chance this is base64 of nothing.
  if (value === OMITTED) throw invalidField(source, path, 'was left out by `kubectl config view`', RAW_HINT);
  const text = value.replace(/[\r\n]/g, '');
  const whole = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (whole) return Buffer.from(text, 'base64').toString('utf8');
  throw invalidField(source, path, 'must be base64', value.includes('-----BEGIN') ? pemHint(path) : undefined);
}

/** What kubectl prints in place of data. @see kubectl pkg/cmd/config/view.go; client-go tools/clientcmd/api/helpers.go ShortenConfig, RedactSecrets */
const OMITTED = 'DATA+OMITTED';
const RAW_HINT = 'Print the kubeconfig with `kubectl config view --raw`, which leaves nothing out.';

function pemHint(path: string): string {
  return `It holds PEM text as it is. Encode it with \`base64 -w0\`, or put it into a file and name that in \`${path.replace(/-data$/, '')}\`.`;
}

function wrongType(source: string, path: string, wanted: string, value: unknown): GateError {
  const hint =
    wanted === 'a string' && (typeof value === 'number' || typeof value === 'boolean')
      ? 'Put the value into quotes.'
      : undefined;
  return invalidField(source, path, `must be ${wanted}, and is ${typeName(value)}`, hint);
}

function notKubeconfig(source: string, value: unknown): GateError {
  const message = `${source} is not a kubeconfig: it must be a YAML mapping, and is ${typeName(value)}`;
  return new GateError('invalid-input', 'kubeconfig-field', message, {
    hint: 'Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one.',
  });
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function invalidField(source: string, path: string, problem: string, hint?: string): GateError {
  const message = path === '' ? `${source} ${problem}` : `${source}: ${path} ${problem}`;
  return new GateError('invalid-input', 'kubeconfig-field', message, { hint });
}
