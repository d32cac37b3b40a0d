import type { Place } from '../model/place.ts';
import type { Verdict } from '../model/verdict.ts';
import { encodePath, isInRepository, type MarkedPlace, markedPlace } from './marked-place.ts';
import { named, objectName, where } from './phrases.ts';
import { type Remark, RULES, type Rule, remarksOf } from './remarks.ts';

export interface SarifOptions {
  /** Path of the workflow from the repository's root: where requirements stand that come from no file. */
  readonly workflowFile?: string | undefined;
}

/** GitHub shows this many results of a run. @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const MOST_RESULTS = 5000;

/** Every result needs a place, or GitHub refuses the whole file; this one stands in when even the workflow is not known. */
const SOMEWHERE = '.github/workflows';

const HELP: Readonly<Record<Rule, { readonly short: string; readonly help: string }>> = {
  'cluster-not-judged': {
    short: 'A cluster could not be judged',
    help: 'The cluster did not answer, or refused to. Check its address, the way to it, and the credentials.',
  },
  'missing-api': {
    short: 'An API is not served',
    help: 'The change needs an API that the cluster does not serve: applying it would fail with "no matches for kind". Use a version that the cluster serves, or bring the API to the cluster first.',
  },
  'forbidden-api': {
    short: 'An API is served that must not be',
    help: 'The requirement is negated: the API must not be there, and the cluster serves it. Take it out of service, or drop the requirement.',
  },
  'removed-by-target': {
    short: 'An API is gone in the target version',
    help: 'The cluster serves the API today; the Kubernetes version named in target-version does not. Move to the replacement before the upgrade.',
  },
  'field-unknown': {
    short: 'A field is unknown to the cluster',
    help: 'The cluster, or the CustomResourceDefinition of the change, has no such field: applying the object drops the field, or is refused. Correct the name, or deploy to a version that has the field.',
  },
  'field-type': {
    short: 'A field has a value of the wrong type',
    help: 'The cluster refuses the object. A number or a boolean where text is meant goes into quotes.',
  },
  'field-value': {
    short: 'A field has a value that the cluster does not take',
    help: 'The type is right, but the value is not: a quantity, a time, base64, a whole number that does not fit, a pattern, a repeated item. The cluster refuses the object.',
  },
  'field-required': {
    short: 'A required field is missing',
    help: 'The CustomResourceDefinition requires the field, and it has no default. The cluster refuses the object.',
  },
  'field-enum': {
    short: 'A field has a value that is not among the choices',
    help: 'The schema lists the values that the field may have. For custom resources the cluster refuses any other; for built-in ones it may take one, as the list is not what it validates by.',
  },
  'field-limit': {
    short: 'A field is out of bounds',
    help: 'The CustomResourceDefinition bounds a number, a length, or how many items or fields there are. The cluster refuses the object.',
  },
  drift: {
    short: 'A cluster changed since an earlier snapshot',
    help: 'The cluster serves other APIs than it did. Find out who changed it; if it is as it should be, write the earlier snapshot again.',
  },
  'unusable-input': {
    short: 'An input or a manifest cannot be used',
    help: 'What cannot be read cannot be judged, and so fails the job. Mend it, exclude the file from manifests, or name it in allow-unparsable.',
  },
  'unknown-api': {
    short: 'A cluster left a question about an API unanswered',
    help: 'Part of discovery failed, so that nobody can tell whether the API is served. Often the backend of an APIService is down, or a role lacks discovery.',
  },
  'deprecated-api': {
    short: 'An API is deprecated',
    help: 'The API is served, but a later Kubernetes version will remove it. Move to the replacement.',
  },
  notice: {
    short: 'Something is worth knowing',
    help: 'It fails nothing, and may mean that something was overlooked.',
  },
};

function ruleRecord(id: Rule): object {
  const { short, help } = HELP[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: short },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: id === 'deprecated-api' || id === 'notice' ? 'warning' : 'error' },
    properties: { tags: ['kubernetes'] },
  };
}

function artifact(file: string): object {
  return { uri: encodePath(file), uriBaseId: '%SRCROOT%' };
}

function physicalLocation({ file, line, column }: MarkedPlace): object {
  const region = { startLine: line, startColumn: column };
  return { physicalLocation: { artifactLocation: artifact(file), region } };
}

/** The workflow stands in for what no file of the repository holds. */
function location(place: Place | undefined, { workflowFile = SOMEWHERE }: SarifOptions): object {
  return physicalLocation(markedPlace(place) ?? { file: workflowFile, line: 1 });
}

/** The manifest that was rendered from the template that `location` names. */
function relatedLocations(place: Place | undefined): object {
  if (place?.kind !== 'file' || place.template === undefined || !isInRepository(place.file)) return {};
  const { template: _, ...rendered } = place;
  return {
    relatedLocations: [{ ...physicalLocation(rendered), message: { text: 'The manifest that was rendered from it.' } }],
  };
}

/** Square brackets followed by round ones are links in SARIF's messages. @see SARIF 2.1.0, 3.11.6 */
function messageText(text: string): string {
  return text.includes('](') ? text.replace(/[[\]\\]/g, '\\$&') : text;
}

function messageOf(remark: Remark): string {
  const { subject, message, advice, place, object } = remark;
  const name = objectName(object);
  return [
    named(subject, message),
    ...(advice === undefined ? [] : [advice]),
    ...(remark.clusters.length === 0 ? [] : [`Clusters: ${remark.clusters.join(', ')}.`]),
    ...(place === undefined ? [] : [`From ${where(place)}${name === '' ? '' : ` (${name})`}.`]),
  ].join('\n');
}

/** Tells one alert from another while lines move: what, of which object, in which file, and the how-manieth of these. */
function fingerprints(): (remark: Remark) => string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const seen = new Map<string, number>();
  return ({ rule, subject, place, object, message, field }) => {
    const from = place?.kind === 'file' ? (place.template ?? place.file) : (place?.input ?? '');
    const parts = [rule, subject === '' ? message : subject, from, object?.namespace, object?.name];
    const id = JSON.stringify(field === undefined ? parts : [...parts, field]);
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return createHash('sha256').update(`${id}:${nth}`).digest('hex').slice(0, 32);
  };
}

/**
 * report.sarif, version 2.1.0, for GitHub's upload-sarif. What a person accepted is not in it, since GitHub would open an alert all the same.
 * A cluster that was not judged is a notification of the run, which is then marked as not successful.
 */
export function sarifReport(verdict: Verdict, options: SarifOptions = {}): string {
  const remarks = remarksOf(verdict);
  const fingerprint = fingerprints();
  const halted = remarks.filter(({ rule }) => rule === 'cluster-not-judged');
  const told = remarks.filter(({ rule, place }) =>
    rule === 'notice' ? place?.kind === 'file' : rule !== 'cluster-not-judged',
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kube-api-gate', rules: RULES.map(ruleRecord) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: halted.length === 0,
            toolExecutionNotifications: halted.map((remark) => ({
              level: 'error',
              message: { text: messageText(messageOf(remark)) },
              descriptor: { id: remark.rule },
            })),
          },
        ],
        results: told.slice(0, MOST_RESULTS).map((remark) => ({
          ruleId: remark.rule,
          ruleIndex: RULES.indexOf(remark.rule),
          level: remark.severity,
          message: { text: messageText(messageOf(remark)) },
          locations: [location(remark.place, options)],
          ...relatedLocations(remark.place),
          partialFingerprints: { 'kubeApiGate/v1': fingerprint(remark) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
