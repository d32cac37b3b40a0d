import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { sampleSnapshot } from '../cache/sample-snapshot.ts';
import { faultsBySchema } from '../helpers/schemas.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const named = { cluster: 'production', snapshot: sampleSnapshot() };
const text = encodeSnapshot(named);

describe('encodeSnapshot', () => {
  test('has one line for each resource, sorted, and groups in the order of the server', () => {
    const snapshot = snapshotOf(
      {
        v1: [resource('pods', 'Pod', { verbs: ['list', 'get'] })],
        'b/v1': [],
        'a/v2': [resource('zs', 'Z'), resource('as', 'A')],
        'a/v1': [],
      },
      { version: 'v1.33.1', gaps: [versionGap('m/v1'), endpointGap('/version')] },
    );
    expect(encodeSnapshot({ cluster: 'production', snapshot }).split('\n')).toEqual([
      '{',
      '  "kind": "kube-api-gate-snapshot",',
      '  "version": 1,',
      '  "cluster": "production",',
      '  "takenAt": "1970-01-01T00:00:00.000Z",',
      '  "serverVersion": {"gitVersion":"v1.33.1","major":"1","minor":"33"},',
      '  "gaps": [',
      '    {"endpoint":"/version","reason":"forbidden"},',
      '    {"groupVersion":"m/v1","reason":"stale"}',
      '  ],',
      '  "groups": [',
      '    { "name": "", "versions": [',
      '      { "version": "v1", "resources": [',
      '        {"name":"pods","kind":"Pod","singularName":"pod","namespaced":true,"verbs":["list","get"]}',
      '      ] }',
      '    ] },',
      '    { "name": "b", "versions": [',
      '      { "version": "v1", "resources": [] }',
      '    ] },',
      '    { "name": "a", "versions": [',
      '      { "version": "v2", "resources": [',
      expect.stringContaining('{"name":"as","kind":"A",'),
      expect.stringContaining('{"name":"zs","kind":"Z",'),
      '      ] },',
      '      { "version": "v1", "resources": [] }',
      '    ] }',
      '  ]',
      '}',
      '',
    ]);
  });

  test('keeps what judging asks for, and no more: no ETag, no hash, no word of the server', () => {
    for (const word of ['"AB"', 'xPOwRZ', 'validators']) expect(text).not.toContain(word);
    expect(faultsBySchema('snapshot', JSON.parse(text))).toEqual([]);
  });

  test('reads back', () => {
    const gaps = [endpointGap('/apis', 'unavailable'), versionGap('m/v1')].map((gap) => ({
      ...gap,
      message: 'when the snapshot was taken',
    }));
    const { storageVersionHash: _, ...pods } =
      sampleSnapshot().groups[0]?.versions[0]?.resources[0] ?? resource('', '');
    const [core, ...groups] = sampleSnapshot().groups;
    const [v1] = core?.versions ?? [];
    const snapshot = sampleSnapshot({
      gaps,
      validators: {},
      groups: [
        { ...core, name: '', versions: [{ version: 'v1', resources: [pods, ...(v1?.resources.slice(1) ?? [])] }] },
        ...groups,
      ],
    });
    expect(decodeSnapshot(encodeSnapshot({ cluster: 'ß "x"', snapshot }))).toEqual({
      kind: 'snapshot',
      named: { cluster: 'ß "x"', snapshot },
    });
  });

  test('property: whatever names APIs have, what is written reads back', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', 'Z', '.', '/', '-', '"', '\\', 'ß', '€', '😀'),
      maxLength: 12,
    });
    const snapshots = fc
      .uniqueArray(
        fc.record({
          name: words,
          versions: fc.uniqueArray(words, { maxLength: 3 }),
          resources: fc.uniqueArray(words, { maxLength: 4 }),
        }),
        { selector: ({ name }) => name, maxLength: 4 },
      )
      .map((groups) =>
        sampleSnapshot({
          validators: {},
          groups: groups.map(({ name, versions, resources }) => ({
            name,
            versions: versions.map((version) => ({
              version,
              resources: resources.toSorted().map((each) => resource(each, 'Kind')),
            })),
            preferredVersion: undefined,
          })),
        }),
      );
    fc.assert(
      fc.property(
        snapshots,
        fc.string({ minLength: 1, unit: fc.constantFrom('a', '/', '"', 'é') }),
        (snapshot, cluster) => {
          const decoded = decodeSnapshot(encodeSnapshot({ cluster, snapshot }));
          expect(decoded).toEqual({ kind: 'snapshot', named: { cluster, snapshot } });
        },
      ),
    );
  });
});

describe('decodeSnapshot', () => {
  test.each([
    ['a byte order mark', `\uFEFF${text}`],
    ['line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['a field of a later version', text.replace('"version": 1,', '"version": 1, "schemas": {"apps/v1": {}},')],
    ['other white space', JSON.stringify(JSON.parse(text))],
  ])('takes %s', (_rule, content) => expect(decodeSnapshot(content).kind).toBe('snapshot'));

  test.each([
    ['nothing', '', 'holds an empty body'],
    ['half a file', text.slice(0, 400), 'that is not JSON'],
    ['a list', '[]', 'holds JSON that is a list, not an object'],
    ['another document', '{"kind": "List"}', 'is not a snapshot: its kind is not "kube-api-gate-snapshot"'],
    ['a report', '{"version": 1, "outcome": "compatible", "clusters": []}', 'is a report, not a snapshot'],
    [
      'a newer version',
      text.replace('"version": 1', '"version": 7'),
      'has format version 7, and this kube-api-gate reads 1',
    ],
    [
      'a version that is not one',
      text.replace('"version": 1', '"version": "1"'),
      'whose version is not a format version',
    ],
    ['no cluster', text.replace('"cluster": "production"', '"cluster": " "'), 'whose cluster is empty'],
    ['a cluster that draws', text.replace('production', '\\u001b[2J'), 'whose cluster is not a word'],
    ['no time', text.replace(/"takenAt": "[^"]*"/, '"takenAt": "yesterday"'), 'whose takenAt is not a time in UTC'],
    [
      'a time before all others',
      text.replace(/"takenAt": "[^"]*"/, '"takenAt": "1969-01-01T00:00:00Z"'),
      'not a time in UTC',
    ],
    [
      'a day that no month has',
      text.replace(/"takenAt": "[^"]*"/, '"takenAt": "2026-13-41T00:00:00Z"'),
      'not a time in UTC',
    ],
    ['no gaps', text.replace('"gaps": [],', ''), 'holds JSON without gaps'],
    [
      'a gap of an unknown reason',
      text.replace('"gaps": []', '"gaps": [{"endpoint":"/api","reason":"x"}]'),
      'gaps[0].reason is not one of',
    ],
    ['a gap of nothing', text.replace('"gaps": []', '"gaps": [{"reason":"stale"}]'), 'without gaps[0].groupVersion'],
    ['no groups', text.replace('"groups"', '"grups"'), 'holds JSON without groups'],
    [
      'a resource without verbs',
      text.replace(/,"verbs":\[[^\]]*\]/, ''),
      'without groups[0].versions[0].resources[0].verbs',
    ],
    [
      'a group twice',
      text.replace('"name": "stale.example.com"', '"name": "empty.example.com"'),
      'the group "empty.example.com" is repeated',
    ],
    [
      'a version twice',
      '{"kind":"kube-api-gate-snapshot","version":1,"cluster":"a","takenAt":"2026-01-01T00:00:00Z","gaps":[],"groups":[{"name":"a","versions":[{"version":"v1","resources":[]},{"version":"v1","resources":[]}]}]}',
      'version of "a" "v1" is repeated',
    ],
    ['very deep nesting', `${'['.repeat(500_000)}`, 'holds '],
  ])('refuses %s, with a way out', (_rule, content, reason) => {
    const decoded = decodeSnapshot(content);
    if (decoded.kind !== 'invalid') throw new Error('it was taken');
    expect(decoded.reason).toContain(reason);
    expect(decoded.hint).not.toBe('');
  });

  test('says at which line the JSON ends to be JSON, and what a merge conflict is', () => {
    const conflict = text.replace('  "gaps"', '<<<<<<< HEAD\n  "gaps"');
    expect(decodeSnapshot(conflict)).toMatchObject({
      kind: 'invalid',
      line: 7,
      hint: expect.stringContaining('merge conflict'),
    });
  });

  test('property: no text throws', () => {
    const cut = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.string())
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), cut), (content) => void decodeSnapshot(content)),
      { numRuns: 500 },
    );
  });

  test('property: no JSON in place of any field throws, and what is taken is printed again', () => {
    const document = JSON.parse(text) as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(document)), fc.jsonValue(), (field, value) => {
        const decoded = decodeSnapshot(JSON.stringify({ ...document, [field]: value }));
        if (decoded.kind === 'snapshot') expect(decodeSnapshot(encodeSnapshot(decoded.named))).toEqual(decoded);
      }),
      { numRuns: 500 },
    );
  });
});
