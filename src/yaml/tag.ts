import { Unreadable } from './unreadable.ts';

const URI = String.raw`(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2})`;
const VERBATIM = new RegExp(`^!<(${URI}+)>$`);
const WITH_HANDLE = new RegExp(`^(![\\w-]*!)(${URI}+)$`);
// What looks like a handle is one, and then needs a suffix.
const LOCAL = new RegExp(`^!(?![\\w-]*!$)(${URI}*)$`);
const TAG_DIRECTIVE = new RegExp(`^%TAG[ \\t]+(!|![\\w-]*!)[ \\t]+(${URI}+)[ \\t]*(?:#.*)?$`);
const YAML_DIRECTIVE = /^%YAML[ \t]+([0-9]{1,2})\.([0-9]{1,2})[ \t]*(?:#.*)?$/;

/** A tag or a directive of more characters is a mistake, and would be slow to check. */
const LONGEST = 10_000;

/** The handles that a document's directives give to prefixes of tags. */
export type TagHandles = ReadonlyMap<string, string>;

export const DEFAULT_HANDLES: TagHandles = new Map([
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]);

/** Refuses what is not written like a tag. */
export function checkTag(at: number, source: string): void {
  if (source.length > LONGEST) throw new Unreadable(at, 'this tag is too long');
  if (source !== '!' && !VERBATIM.test(source) && !WITH_HANDLE.test(source) && !LOCAL.test(source)) {
    throw notATag(at, source);
  }
}

function notATag(at: number, source: string): Unreadable {
  return new Unreadable(at, "this is not a valid tag, which is what '!' begins", `${source} is not a valid tag`);
}

/** A tag in full, for example `tag:yaml.org,2002:int` for `!!int`. */
export function fullTag(at: number, source: string, handles: TagHandles): string {
  const verbatim = VERBATIM.exec(source)?.[1];
  if (verbatim !== undefined) return verbatim;
  if (source === '!') return '!';
  const withHandle = WITH_HANDLE.exec(source);
  const local = withHandle === null ? LOCAL.exec(source) : null;
  const handle = withHandle?.[1] ?? '!';
  const suffix = withHandle?.[2] ?? local?.[1];
  if (suffix === undefined) throw notATag(at, source);
  const prefix = handles.get(handle);
  if (prefix === undefined) {
    const message = 'no %TAG directive defines the handle of this tag';
    throw new Unreadable(at, message, `no %TAG directive defines the handle ${handle} of ${source}`);
  }
  return prefix + suffix;
}

/** Refuses what is not written like a directive. */
export function checkDirective(at: number, source: string): void {
  if (source.length > LONGEST) throw new Unreadable(at, 'this directive is too long');
  if (!YAML_DIRECTIVE.test(source) && !TAG_DIRECTIVE.test(source)) throw notADirective(at);
}

function notADirective(at: number): Unreadable {
  return new Unreadable(at, "a line that begins with '%' must be a %YAML or %TAG directive");
}

/** What a document's directives say. */
export function readDirectives(directives: readonly { readonly at: number; readonly source: string }[]): TagHandles {
  const handles = new Map<string, string>();
  let versions = 0;
  for (const { at, source } of directives) {
    const version = YAML_DIRECTIVE.exec(source);
    const tag = TAG_DIRECTIVE.exec(source);
    if (version !== null) {
      versions += 1;
      if (versions > 1) throw new Unreadable(at, 'a document may have one %YAML directive only');
      if (Number(version[1]) !== 1 || Number(version[2]) !== 1)
        throw new Unreadable(at, 'kubectl reads YAML 1.1; leave out the %YAML directive');
    } else if (tag?.[1] !== undefined && tag[2] !== undefined) {
      if (handles.has(tag[1])) throw new Unreadable(at, 'two %TAG directives define this handle');
      handles.set(tag[1], tag[2]);
    } else {
      throw notADirective(at);
    }
  }
  return new Map([...DEFAULT_HANDLES, ...handles]);
}
