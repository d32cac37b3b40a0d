import { orAsWritten, parseGlobs, pathMatcher } from '../files/glob.ts';
import type { Place, Problem } from '../model/place.ts';
import type { Finding } from '../model/verdict.ts';
import { readFields } from './fields.ts';
import { parseLocated } from './located.ts';

/** One finding, or one kind of finding, that a person accepts for a reason. */
export interface Exemption {
  /** A requirement as reports name it; `*` stands for anything within one of its parts. */
  readonly requirement: string;
  /** The path of a field, in which `*` stands for anything: then it is that field of such objects that is accepted, and not the lack of their API. */
  readonly field?: string;
  /** Tells, of a path from the repository's root, whether it is meant; absent: wherever the requirement comes from, an input included. */
  readonly isInFiles?: (file: string) => boolean;
  /** Names of clusters, with `*` for anything; absent: all. */
  readonly clusters?: readonly string[];
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `2026-12-31`; absent: for good. */
  readonly expires?: string;
  readonly place: Place;
}

const KEYS = ['requirement', 'field', 'files', 'cluster', 'reason', 'owner', 'expires'];

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Globs as `manifests` has them, from the repository's root; a path that is written as it is needs no escaping. What cannot be read means no file. */
function filesMatcher(patterns: readonly string[], place: Place, problems: Problem[]): (file: string) => boolean {
  const read = parseGlobs(patterns, place);
  problems.push(...read.problems);
  return pathMatcher(read.globs.map(orAsWritten));
}

/** Reads an exemptions file: a YAML list of mappings. An empty file exempts nothing. */
export async function parseExemptions(
  text: string,
  file: string,
): Promise<{ readonly exemptions: readonly Exemption[]; readonly problems: readonly Problem[] }> {
  const parsed = parseLocated(text, file);
  if (parsed.kind === 'problems') return { exemptions: [], problems: parsed.problems };
  const { document } = parsed;
  const { root } = document;
  if (root === undefined) return { exemptions: [], problems: [] };
  if (root.kind !== 'sequence') {
    const problem: Problem = {
      place: document.place(root),
      message: 'An exemptions file is a list.',
      hint: 'Begin each exemption with `- requirement:`.',
    };
    return { exemptions: [], problems: [problem] };
  }
  const problems: Problem[] = [];
  const exemptions: Exemption[] = [];
  for (const item of root.items) {
    const fields = readFields(item, document, 'An exemption', KEYS, problems);
    if (fields === undefined) continue;
    const files = fields.texts('files');
    const clusters = fields.texts('cluster');
    const field = fields.text('field');
    const owner = fields.text('owner');
    const expires = fields.text('expires');
    if (expires !== undefined && !isDay(expires)) {
      problems.push({
        place: fields.place('expires'),
        message: `\`expires\` must be a day, but \`${expires}\` is none.`,
        hint: 'Write it as 2026-12-31: the last day on which the exemption holds.',
      });
    }
    exemptions.push({
      requirement: fields.requiredText('requirement').replace(/\s+/g, ' '),
      ...(field === undefined ? {} : { field }),
      ...(files === undefined ? {} : { isInFiles: filesMatcher(files, fields.place('files'), problems) }),
      ...(clusters === undefined ? {} : { clusters }),
      reason: fields.requiredText('reason'),
      ...(owner === undefined ? {} : { owner }),
      ...(expires === undefined ? {} : { expires }),
      place: document.place(item),
    });
  }
  return { exemptions, problems };
}

/** Whether `text` is `pattern`, in which `*` stands for any run of characters. Each piece is looked for once, so that no pattern is slow. */
function isLike(pattern: string, text: string): boolean {
  const pieces = pattern.split(/\*+/);
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** `isLike` in which a star stays within one part of `apps/v1/Deployment`. */
function isLikeByPart(pattern: string, text: string): boolean {
  const [patterns, texts] = [pattern.split('/'), text.split('/')];
  return patterns.length === texts.length && patterns.every((part, index) => isLike(part, texts[index] ?? ''));
}

/** Whether the exemption holds for the cluster of that name. */
export function namesCluster({ clusters }: Exemption, cluster: string): boolean {
  return clusters === undefined || clusters.some((name) => isLike(name, cluster));
}

/** An API and a field of its objects are different things to accept. */
function coversField(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return path === '';
  return path !== '' && isLike(pattern, path);
}

/** Whether the exemption speaks of this finding, in time or not. */
export function covers(exemption: Exemption, finding: Finding): boolean {
  const { requirement, field, isInFiles } = exemption;
  const { text, place } = finding.requirement;
  const asked = text.replace(/\s+/g, ' ').trim();
  if (requirement !== asked && !isLikeByPart(requirement, asked)) return false;
  if (!coversField(field, finding.field?.path ?? '')) return false;
  if (!namesCluster(exemption, finding.cluster)) return false;
  if (isInFiles === undefined) return true;
  if (place.kind !== 'file') return false;
  return isInFiles(place.file) || (place.template !== undefined && isInFiles(place.template));
}

/** Whether the exemption's last day is over, everywhere on earth that counts in UTC. */
export function isExpired({ expires }: Exemption, now: number): boolean {
  return expires !== undefined && now >= Date.parse(`${expires}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}
