import type { Problem } from '../model/place.ts';
import type { ClusterVerdict, Drift, Finding, Verdict } from '../model/verdict.ts';
import { describeChange, driftInNumbers, momentOf } from './drift.ts';
import { count, objectName, where } from './phrases.ts';
import { ruleOf } from './remarks.ts';

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** A failure is a finding, an error what kept us from finding out. */
  readonly result:
    | { readonly kind: 'passed' }
    | {
        readonly kind: 'failure' | 'error';
        readonly type: string;
        readonly message: string;
        readonly advice?: string | undefined;
      }
    | { readonly kind: 'skipped'; readonly message: string };
}

/** Test dashboards give up on more; the rest of what is well is one test. */
export const MOST_PASSED = 5_000;

/** What XML 1.0 cannot hold in any spelling. @see https://www.w3.org/TR/xml/#charsets */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** `text` for an attribute or between tags: it comes back as it was, but for characters that XML cannot hold. */
export function xml(text: string): string {
  return text.replace(NOT_XML, '\u{FFFD}').replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

function resultOf(finding: Finding): Case['result'] {
  const { acceptance, explanation, advice, lifecycle, fails } = finding;
  if (acceptance !== undefined) return { kind: 'skipped', message: `accepted: ${acceptance.reason}` };
  const rule = ruleOf(finding);
  if (rule === undefined) return { kind: 'passed' };
  const message = [explanation, ...lifecycle.map((note) => note.message)].filter((part) => part !== '').join('\n');
  if (!fails)
    return finding.met === 'yes'
      ? { kind: 'passed' }
      : { kind: 'skipped', message: `does not fail the job: ${message}` };
  return {
    kind: rule === 'unknown-api' ? 'error' : 'failure',
    type: rule,
    message,
    advice,
  };
}

function caseOfFinding(finding: Finding): Case {
  const { text: kind, place, object } = finding.requirement;
  const path = finding.field?.path ?? '';
  const text = path === '' ? kind : `${kind} ${path}`;
  const name = objectName(object);
  return {
    suite: place.kind === 'file' ? place.file : place.input,
    name: name === '' ? text : `${text} (${name})`,
    ...(place.kind === 'file' ? { file: place.file, line: place.line } : {}),
    result: resultOf(finding),
  };
}

function withinLimit(cases: readonly Case[]): readonly Case[] {
  let passed = 0;
  const kept = cases.filter(({ result }) => {
    if (result.kind === 'passed') passed += 1;
    return result.kind !== 'passed' || passed <= MOST_PASSED;
  });
  const left = cases.length - kept.length;
  return left === 0
    ? cases
    : [
        ...kept,
        { suite: 'kube-api-gate', name: `and ${count(left, 'requirement')} more, met`, result: { kind: 'passed' } },
      ];
}

function casesOfCluster({ error, outcome, findings, drift }: ClusterVerdict): readonly Case[] {
  const judged = withinLimit(findings.map(caseOfFinding));
  const cases = [...judged, ...(drift === undefined ? [] : [caseOfDrift(drift)])];
  if (error === undefined) return cases;
  const advice = error.hint === undefined ? {} : { advice: error.hint };
  return [
    ...cases,
    {
      suite: 'discovery',
      name: 'the cluster is asked',
      result: { kind: 'error', type: outcome, message: error.message, ...advice },
    },
  ];
}

function caseOfDrift(drift: Drift): Case {
  const message = [driftInNumbers(drift), ...drift.changes.map(describeChange)].join('\n');
  return {
    suite: 'drift',
    name: `nothing changed since ${momentOf(drift.since)}`,
    result: drift.fails
      ? { kind: 'failure', type: 'drift', message }
      : drift.changes.length === 0
        ? { kind: 'passed' }
        : { kind: 'skipped', message: `does not fail the job: ${message}` },
  };
}

function caseOfProblem({ place, message, hint }: Problem): Case {
  return {
    suite: place.kind === 'file' ? place.file : place.input,
    name: where(place),
    ...(place.kind === 'file' ? { file: place.file, line: place.line } : {}),
    result: { kind: 'error', type: 'unusable-input', message, advice: hint },
  };
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');
}

function counts(cases: readonly Case[]): Readonly<Record<string, number>> {
  const of = (kind: Case['result']['kind']): number => cases.filter(({ result }) => result.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function caseElement({ suite, name, file, line, result }: Case): string {
  const open = `    <testcase${attributes({ classname: suite, name, file, line })}`;
  if (result.kind === 'passed') return `${open}/>\n`;
  if (result.kind === 'skipped')
    return `${open}>\n      <skipped${attributes({ message: result.message })}/>\n    </testcase>\n`;
  const { kind, type, message, advice } = result;
  const text = xml([message, ...(advice === undefined ? [] : [advice])].join('\n'));
  return `${open}>\n      <${kind}${attributes({ type, message })}>${text}</${kind}>\n    </testcase>\n`;
}

/** junit.xml: one suite a cluster, one test a requirement; what is accepted is skipped, what is unknown is an error. */
export function junitReport(verdict: Verdict): string {
  return [...junitReportParts(verdict)].join('');
}

/** `junitReport` in parts, a suite at a time. */
export function* junitReportParts(verdict: Verdict): Iterable<string> {
  const { clusters, problems, error } = verdict;
  const unusable = [
    ...problems.map(caseOfProblem),
    ...(error?.problems.map(caseOfProblem) ?? []),
    ...(error === undefined || error.problems.length > 0
      ? []
      : [
          {
            suite: 'kube-api-gate',
            name: error.outcome,
            result: {
              kind: 'error',
              type: error.code,
              message: error.message,
              advice: error.hint,
            },
          } as const,
        ]),
  ];
  const suites = [
    ...clusters.map((cluster) => ({ name: cluster.cluster, cases: () => casesOfCluster(cluster) })),
    ...(unusable.length === 0 ? [] : [{ name: 'input', cases: () => unusable }]),
  ];
  const sums: Record<string, number> = counts([]);
  for (const { cases } of suites) {
    for (const [name, number] of Object.entries(counts(cases()))) sums[name] = (sums[name] ?? 0) + number;
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: 'kube-api-gate', ...sums })}>\n`;
  for (const { name, cases } of suites) {
    const all = cases();
    yield `  <testsuite${attributes({ name, ...counts(all) })}>\n${all.map(caseElement).join('')}  </testsuite>\n`;
  }
  yield '</testsuites>\n';
}
