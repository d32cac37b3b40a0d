import { orAsWritten, parseGlobs, pathMatcher } from '../files/glob.ts';
import type { Place, Problem } from '../model/place.ts';
import type { FailOn } from '../model/verdict.ts';
import { FAILURES } from './failures.ts';
import { readFields } from './fields.ts';
import { parseLocated } from './located.ts';
import { isLike } from './name-pattern.ts';
import { withQuickNo } from './quick-no.ts';

/** One finding, or one kind of finding, that a person accepts for a reason. */
export interface Exemption {
  /** A requirement as reports name it; `*` stands for anything within one of its parts. */
  readonly requirement: string;
  /** The path of a field, in which `*` stands for anything: then it is that field of such objects that is accepted, and not the lack of their API. */
  readonly field?: string | undefined;
  /** Tells, of a path from the repository's root, whether it is meant; absent: wherever the requirement comes from, an input included. */
  readonly isInFiles?: ((file: string) => boolean) | undefined;
  /** Tells, of a template as the manifest's comment names it, whether it is meant; absent: any, and none. */
  readonly isInTemplates?: ((template: string) => boolean) | undefined;
  /** The failures that it accepts, each with what is milder; absent: what the job's `fail-on` has it mean. */
  readonly accepts?: readonly FailOn[] | undefined;
  /** Names of clusters, with `*` for anything; absent: all. */
  readonly clusters?: readonly string[] | undefined;
  readonly reason: string;
  readonly owner?: string | undefined;
  /** The last day on which it holds, `2026-12-31`; absent: for good. */
  readonly expires?: string | undefined;
  readonly place: Place;
}

const KEYS = ['requirement', 'field', 'accepts', 'files', 'template', 'cluster', 'reason', 'owner', 'expires'];

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Globs as `manifests` has them, from the repository's root; a path that is written as it is needs no escaping. What cannot be read means no file. */
function filesMatcher(patterns: readonly string[], place: Place, problems: Problem[]): (file: string) => boolean {
  const read = parseGlobs(patterns, place);
  problems.push(...read.problems);
  return withQuickNo(patterns, pathMatcher(read.globs.map(orAsWritten)));
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
    const templates = fields.texts('template');
    const accepts = fields.texts('accepts');
    const strange = accepts?.find((word) => !FAILURES.some((failure) => failure === word));
    if (strange !== undefined) {
      problems.push({
        place: fields.place('accepts'),
        message: `\`accepts\` has \`${strange}\`, which is not one of ${FAILURES.join(', ')}.`,
        hint: 'The words are those of `fail-on`.',
      });
    }
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
      field,
      isInFiles: files && filesMatcher(files, fields.place('files'), problems),
      isInTemplates: templates && filesMatcher(templates, fields.place('template'), problems),
      accepts: accepts && FAILURES.filter((failure) => accepts.includes(failure)),
      clusters,
      reason: fields.requiredText('reason'),
      owner,
      expires,
      place: document.place(item),
    });
  }
  return { exemptions, problems };
}

/** Whether the exemption holds for the cluster of that name. */
export function namesCluster({ clusters }: Exemption, cluster: string): boolean {
  return clusters === undefined || clusters.some((name) => isLike(name, cluster));
}

/** Whether it is about that field; `''` for the API itself, which is another thing to accept than a field of its objects. */
export function namesField({ field }: Exemption, path: string): boolean {
  return field === undefined ? path === '' : path !== '' && isLike(field, path);
}

/** Whether it is about something that comes from there. A comment names the template, and anybody can write one, so that `files` never means it. */
export function namesPlace({ isInFiles, isInTemplates }: Exemption, place: Place): boolean {
  if (isInFiles === undefined && isInTemplates === undefined) return true;
  if (place.kind !== 'file') return false;
  if (isInFiles?.(place.file) === false) return false;
  return isInTemplates === undefined || (place.template !== undefined && isInTemplates(place.template));
}

/** Whether its `files` would mean the template that a manifest was rendered from, and not the manifest: that is what `template` is for. */
export function meansTemplate({ isInFiles }: Exemption, place: Place): boolean {
  if (isInFiles === undefined || place.kind !== 'file' || place.template === undefined) return false;
  return !isInFiles(place.file) && isInFiles(place.template);
}

/** Whether the exemption's last day has ended, in UTC. */
export function isExpired({ expires }: Exemption, now: number): boolean {
  return expires !== undefined && now >= Date.parse(`${expires}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}
