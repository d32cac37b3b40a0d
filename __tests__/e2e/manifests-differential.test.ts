/**
 * Real manifests on real servers: what is missing, and what cannot be read, is what `kubectl create --dry-run=server` meets.
 *
 * The manifests are those that come with the Go modules of the engines, or those in the folders that `KUBE_API_GATE_MANIFESTS` names, with the
 * platform's separator between them. Only the kind and whether a file can be read are compared: whatever else kubectl and the server say of
 * an object, they have found its API.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generations } from '../../engines/paths.ts';
import { type ManifestReading, readManifests } from '../../src/manifests/manifests.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { judge } from '../../src/verdict/judge.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { goModuleFolder } from '../helpers/go-modules.ts';
import { snapshotOfPlane } from '../helpers/plane-snapshot.ts';

/** What one of the two made of a file. */
interface FileOutcome {
  /** `version kind` of each object whose API is missing. */
  readonly missing: Set<string>;
  /** What could not be read, and why. */
  readonly unreadable: string[];
}

/** Of kubectl also: whether it gave up in the middle of the file, and whether the server refused to create anything of a kind. */
interface KubectlOutcome extends FileOutcome {
  gaveUp: boolean;
  /** The kind is there and cannot be created, as with v1 ComponentStatus: to us it is missing. */
  notCreatable: boolean;
}

/** kubectl looks for the kind in whatever version there is, and the server then refuses the object. To us such a document is no manifest. */
const NO_API_VERSION = /^This document has no apiVersion,/;

/** What stands where a name should, and is none. */
const NO_NAME = /encrypted with SOPS|with a line break at its end|with white space around it/;

const FILES_A_RUN = 80;
const EXAMPLE = /\.(?:ya?ml|json)$/;
const KIND = /^[ \t]*(?:- )?["']?kind["']?[ \t]*:/m;

/** The text of each different manifest in these folders. */
function collect(folders: readonly string[]): readonly Buffer[] {
  const texts = new Map<string, Buffer>();
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !EXAMPLE.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name));
      if (text.length < 1_000_000 && KIND.test(text.toString('latin1'))) {
        texts.set(createHash('sha256').update(text).digest('hex'), text);
      }
    }
  }
  return [...texts.values()];
}

function foldersOfModules(): readonly string[] {
  const api = goModuleFolder('kubectl', 'k8s.io/api');
  return [
    goModuleFolder('kubectl', 'k8s.io/kubernetes'),
    goModuleFolder('kube-apiserver-1.28', 'k8s.io/kubernetes'),
    goModuleFolder('kube-apiserver-1.25', 'k8s.io/kubernetes'),
    join(api, 'testdata', 'HEAD'),
    join(api, 'testdata', 'v1.33.0'),
  ];
}

/** What this project finds, by file. */
function ours(
  reading: ManifestReading,
  snapshot: Snapshot,
): { readonly outcomes: Map<string, FileOutcome>; readonly notJudged: Readonly<Record<string, number>> } {
  const outcomes = new Map<string, FileOutcome>();
  const outcomeOf = (file: string) => {
    const outcome = outcomes.get(file) ?? { missing: new Set<string>(), unreadable: [] };
    outcomes.set(file, outcome);
    return outcome;
  };
  const { findings, notJudged } = judge(snapshot, reading.requirements, {
    cluster: 'test',
    failOn: [],
    definitions: [],
  });
  for (const { requirement, standing } of findings) {
    const [api] = requirement.anyOf;
    if (standing !== 'missing' || requirement.place.kind !== 'file' || api.kind !== 'kind') continue;
    outcomeOf(requirement.place.file).missing.add(`${formatGroupVersion(api.groupVersion)} ${api.name}`);
  }
  for (const { place, message } of reading.problems) {
    if (place.kind === 'file') outcomeOf(place.file).unreadable.push(message);
  }
  return { outcomes, notJudged: { ...reading.notJudged, ...notJudged } };
}

/** What kubectl meets, of one file or of several. Of items in lists it does not name the file, so lists are given to it one by one. */
async function theirs(
  plane: ControlPlane,
  folder: string,
  files: readonly string[],
): Promise<Map<string, KubectlOutcome>> {
  const outcomes = new Map<string, KubectlOutcome>(
    files.map((file) => [file, { missing: new Set(), unreadable: [], gaveUp: false, notCreatable: false }]),
  );
  const paths = files.flatMap((file) => ['-f', join(folder, file)]);
  const { stderr } = await plane.kubectl(['create', '--dry-run=server', '--validate=false', ...paths], {
    timeoutMs: 300_000,
  });
  const only = files.length === 1 ? files[0] : undefined;
  const named = (path: string | undefined) => outcomes.get(path?.slice(folder.length + 1) ?? only ?? '');
  const missing = /(?:from "([^"]+)": |unable to recognize )no matches for kind "([^"]+)" in version "([^"]*)"/g;
  for (const [, path, kind, version] of stderr.matchAll(missing)) named(path)?.missing.add(`${version} ${kind}`);
  for (const [message, path] of stderr.matchAll(/error parsing ([^\s:]+):/g)) {
    const outcome = named(path);
    outcome?.unreadable.push(message);
    if (outcome !== undefined) outcome.gaveUp = true;
  }
  for (const [message, path] of stderr.matchAll(/unable to decode "([^"]+)":/g)) named(path)?.unreadable.push(message);
  for (const [, path] of stderr.matchAll(/error when creating "([^"]+)": the server does not allow this method/g)) {
    const outcome = named(path);
    if (outcome !== undefined) outcome.notCreatable = true;
  }
  const ofItems = /unable to get type info from the object|is not a list: no Items field|Go struct field ObjectMeta\./g;
  for (const [message] of stderr.matchAll(ofItems)) {
    named(undefined)?.unreadable.push(message);
  }
  return outcomes;
}

/** Where the two differ on a file and do not do so on purpose; `undefined` where they agree. */
function differenceOf(
  own: FileOutcome,
  kubectl: KubectlOutcome,
  { notJudged, text }: { readonly notJudged: Readonly<Record<string, number>>; readonly text: string },
): unknown {
  const foundByUs = (name: string): boolean =>
    own.missing.has(name) ||
    // kubectl names a typed list, this project what is in it.
    own.missing.has(name.replace(/List$/, '')) ||
    // Configuration that no API server stores is not looked for.
    Object.hasOwn(notJudged, name) ||
    // A patch of kustomize may name anything.
    text.includes('$patch') ||
    // kubectl looks for a kind of that name, where this project says what is wrong with the name.
    own.unreadable.some((message) => NO_NAME.test(message)) ||
    (name.startsWith(' ') && own.unreadable.some((message) => NO_API_VERSION.test(message)));
  const lost = [...kubectl.missing].filter((name) => !foundByUs(name));
  // The objects of an OpenShift Template are looked into, which kubectl does not do.
  const isTemplate = /^kind: Template$/m.test(text);
  const extra = [...own.missing].filter(
    (name) => !isTemplate && !kubectl.missing.has(name) && !kubectl.missing.has(`${name}List`),
  );
  const refused = own.unreadable.filter((message) => !NO_API_VERSION.test(message) && !NO_NAME.test(message));
  const readAlike = kubectl.unreadable.length > 0 ? own.unreadable.length > 0 : refused.length === 0;
  if (lost.length === 0 && (extra.length === 0 || kubectl.gaveUp || kubectl.notCreatable) && readAlike)
    return undefined;
  return { lost, extra, ours: own.unreadable, kubectl: kubectl.unreadable };
}

describe('manifests, compared with kubectl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-manifests-'));
  const named = process.env['KUBE_API_GATE_MANIFESTS'];
  const texts = collect(named === undefined ? foldersOfModules() : named.split(delimiter));
  const names = texts.map((text, index) => {
    const name = `${index}.yaml`;
    writeFileSync(join(folder, name), text);
    return name;
  });
  let reading: ManifestReading;

  beforeAll(async () => {
    reading = await readManifests({
      patterns: [folder],
      allowUnparsable: [],
      workingDirectory: folder,
      repositoryRoot: folder,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(generations)('on %s', { timeout: 900_000 }, async (generation) => {
    const plane = await startControlPlane({ generation });
    try {
      const { outcomes: found, notJudged } = ours(reading, await snapshotOfPlane(plane));
      const differences: unknown[] = [];
      const lists = names.filter((_, index) =>
        /kind["']?[ \t]*:[ \t]*["']?\w*List\b|^["']?items["']?:/m.test(String(texts[index])),
      );
      const single = new Set(lists);
      const others = names.filter((name) => !single.has(name));
      const runs = [
        ...lists.map((name) => [name]),
        ...Array.from({ length: Math.ceil(others.length / FILES_A_RUN) }, (_, index) =>
          others.slice(index * FILES_A_RUN, (index + 1) * FILES_A_RUN),
        ),
      ];
      for (const files of runs) {
        for (const [file, kubectl] of await theirs(plane, folder, files)) {
          const own = found.get(file) ?? { missing: new Set<string>(), unreadable: [] };
          const text = readFileSync(join(folder, file), 'utf8');
          const difference = differenceOf(own, kubectl, { notJudged, text });
          if (difference !== undefined) {
            differences.push({ difference, text: text.slice(0, 300) });
          }
        }
      }
      console.log(`${reading.objects} objects in ${names.length} files compared with kubectl on ${generation}`);
      expect(differences).toEqual([]);
      expect(named !== undefined || reading.objects > 1_000).toBe(true);
    } finally {
      await plane.stop();
    }
  });
});
