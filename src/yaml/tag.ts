import { Unreadable } from './unreadable.ts';

const URI = String.raw`(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2})`;
const VERBATIM = new RegExp(`^!<(${URI}+)>$`);
const WITH_HANDLE = new RegExp(`^(![\\w-]*!)(${URI}+)$`);
// What looks like a handle is one, and then needs a suffix.
const LOCAL = new RegExp(`^!(?![\\w-]*!$)(${URI}*)$`);
const TAG_DIRECTIVE = new RegExp(`^%TAG[ \\t]+(!|![\\w-]*!)[ \\t]+(${URI}+)[ \\t]*(?:#.*)?$`);
const YAML_DIRECTIVE = /^%YAML[ \t]+([0-9]{1,2})\.([0-9]{1,2})[ \t]*(?:#.*)?$/;

/** The handles that a document's directives give to prefixes of tags. */
export type TagHandles = ReadonlyMap<string, string>;

const DEFAULT_HANDLES: TagHandles = new Map([
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]);

/** Refuses what no tag looks like. */
export function checkTag(at: number, source: string): void {
  if (source !== '!' && !VERBATIM.test(source) && !WITH_HANDLE.test(source) && !LOCAL.test(source)) {
    throw new Unreadable(at, `${source} is no tag`);
  }
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
  if (suffix === undefined) throw new Unreadable(at, `${source} is no tag`);
  const prefix = handles.get(handle);
  if (prefix === undefined)
    throw new Unreadable(at, `no %TAG directive says what the handle ${handle} of ${source} stands for`);
  return prefix + suffix;
}

/** Refuses what no directive looks like. */
export function checkDirective(at: number, source: string): void {
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
      if (versions > 1) throw new Unreadable(at, 'there may be one %YAML directive only');
      if (Number(version[1]) !== 1 || Number(version[2]) !== 1)
        throw new Unreadable(at, 'kubectl reads YAML 1.1; leave out the %YAML directive');
    } else if (tag?.[1] !== undefined && tag[2] !== undefined) {
      if (handles.has(tag[1])) throw new Unreadable(at, `the handle ${tag[1]} is given twice`);
      handles.set(tag[1], tag[2]);
    } else {
      throw notADirective(at);
    }
  }
  return new Map([...DEFAULT_HANDLES, ...handles]);
}
