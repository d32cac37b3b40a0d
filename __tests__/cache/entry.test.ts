import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEntry, encodeEntry, sameAnswers } from '../../src/cache/entry.ts';
import { MAX_ENTRY_BYTES } from '../../src/cache/snapshot-store.ts';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { sampleSnapshot } from './sample-snapshot.ts';

const entry = { identity: 'prod.1234', server: 'f'.repeat(64), snapshot: sampleSnapshot() };

/** An entry with the right digest around any body: what someone who may write to the cache can make. */
function forged(body: string, schema = 2): Buffer {
  const digest = createHash('sha256').update(body).digest('hex');
  return Buffer.from(`kube-api-gate-snapshot ${schema} sha256:${digest}\n${body}`);
}

function bodyOf(over: object): string {
  const { takenAt, validators, version, groups, gaps } = sampleSnapshot();
  return JSON.stringify({ identity: 'prod.1234', takenAt, validators, version, groups, gaps, ...over });
}

describe('encodeEntry', () => {
  test('what is written reads back', () => {
    expect(decodeEntry(encodeEntry(entry))).toEqual({ kind: 'entry', entry });
  });

  test.each<[string, Gap]>([
    ['of the core group', { kind: 'endpoint', endpoint: '/api', reason: 'unavailable', message: '503' }],
    ['of all other groups', { kind: 'endpoint', endpoint: '/apis', reason: 'forbidden', message: 'User "ci" cannot' }],
    ['of the version', { kind: 'endpoint', endpoint: '/version', reason: 'invalid', message: 'HTML' }],
    ['of a dead backend', { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: 'Stale' }],
    [
      'of a backend that answers 503',
      { kind: 'group-version', groupVersion: 'a/v1', reason: 'unavailable', message: 'dial tcp 10.0.0.7:443: refused' },
    ],
    ['of a version that went', { kind: 'group-version', groupVersion: 'v1', reason: 'not-found', message: '' }],
  ])('a gap is kept, without the words of the server: %s', (_rule, gap) => {
    const bytes = encodeEntry({ ...entry, snapshot: sampleSnapshot({ gaps: [gap] }) });
    const kept = { ...gap, message: 'when the cached answer was taken' };
    expect(decodeEntry(bytes)).toEqual({
      kind: 'entry',
      entry: { ...entry, snapshot: sampleSnapshot({ gaps: [kept] }) },
    });
    for (const word of ['10.0.0.7', '"ci"', 'HTML']) expect(Buffer.from(bytes).toString()).not.toContain(word);
  });

  test('property: any snapshot of clean words reads back', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'Z', '.', '/', '-', '"', '\\', 'ß', '_', '€') });
    const optionalWord = fc.option(words, { nil: undefined });
    const resource = fc.record(
      {
        name: words,
        singularName: words,
        namespaced: fc.boolean(),
        kind: words,
        verbs: fc.array(words),
        group: words,
        shortNames: fc.array(words),
      },
      { requiredKeys: ['name', 'singularName', 'namespaced', 'kind', 'verbs'] },
    );
    const group = fc.record({
      name: words,
      versions: fc.array(fc.record({ version: words, resources: fc.array(resource) })),
    });
    fc.assert(
      fc.property(fc.array(group), fc.nat(), optionalWord, (groups, takenAt, api) => {
        const snapshot = { takenAt, groups, gaps: [], validators: api === undefined ? {} : { api } };
        expect(decodeEntry(encodeEntry({ identity: 'i', snapshot }))).toEqual({
          kind: 'entry',
          entry: { identity: 'i', snapshot },
        });
      }),
    );
  });
});

describe('decodeEntry', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'not a snapshot of kube-api-gate'],
    ['HTML', Buffer.from('<!DOCTYPE html><title>Sign in</title>'), 'not a snapshot of kube-api-gate'],
    ['the schema before gaps', forged(bodyOf({}), 1), 'schema 1, and this version reads 2'],
    ['a schema to come', forged(bodyOf({}), 3), 'schema 3, and this version reads 2'],
    ['a wrong digest', Buffer.from(encodeEntry(entry)).fill('x', 200, 201), 'digest'],
    ['a truncated entry', encodeEntry(entry).subarray(0, 500), 'digest'],
    ['100 MB', Buffer.alloc(100_000_000), '100000000 bytes'],
    ['one byte more than is read', Buffer.alloc(MAX_ENTRY_BYTES + 1), 'bytes long'],
    ['no JSON', forged('{"identity":'), 'JSON'],
    ['deep nesting', forged('['.repeat(1_000_000)), ''],
    [
      'deep nesting in a field',
      forged(bodyOf({}).replace('"groups":[', `"groups":[${'['.repeat(50_000)}${']'.repeat(50_000)},`)),
      'groups',
    ],
    ['a list', forged('[]'), 'JSON that is a list, not an object'],
    ['no identity', forged(bodyOf({ identity: undefined })), 'identity'],
    ['no time', forged(bodyOf({ takenAt: '2026' })), 'takenAt'],
    ['a time before time', forged(bodyOf({ takenAt: -1 })), 'takenAt'],
    ['a time with a fraction', forged(bodyOf({ takenAt: 0.5 })), 'takenAt'],
    ['groups that are no list', forged(bodyOf({ groups: { length: 1 } })), 'groups is an object, not a list'],
    ['no word of gaps', forged(bodyOf({ gaps: undefined })), 'without gaps'],
    ['a gap without a reason', forged(bodyOf({ gaps: [{ groupVersion: 'a/v1' }] })), 'gaps[0].reason'],
    ['a gap of an unknown reason', forged(bodyOf({ gaps: [{ endpoint: '/apis', reason: 'x' }] })), 'gaps[0].reason'],
    [
      'a gap of an unknown endpoint',
      forged(bodyOf({ gaps: [{ endpoint: '/x', reason: 'stale' }] })),
      'gaps[0].endpoint',
    ],
    ['a gap of nothing', forged(bodyOf({ gaps: [{ reason: 'stale' }] })), 'gaps[0].groupVersion'],
    [
      'a version without resources',
      forged(bodyOf({ groups: [{ name: '', versions: [{ version: 'v1' }] }] })),
      'groups[0].versions[0].resources',
    ],
    ['a line break in a name', forged(bodyOf({ groups: [{ name: '\n::error::x', versions: [] }] })), 'groups[0].name'],
    ['validators that are no object', forged(bodyOf({ validators: [] })), 'validators'],
    [
      'a server version of numbers',
      forged(bodyOf({ version: { gitVersion: 1, major: '1', minor: '2' } })),
      'gitVersion',
    ],
  ])('%s: a reason, and no exception', (_name, bytes, reason) => {
    const decoded = decodeEntry(bytes);
    expect(decoded).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(reason) });
  });

  test('unknown fields and tricks with prototypes leave no trace', () => {
    const body = bodyOf({ extra: 1 }).replace('{', '{"__proto__":{"polluted":true},"constructor":{"x":1},');
    const decoded = decodeEntry(forged(body));
    expect(decoded).toEqual({ kind: 'entry', entry: { identity: 'prod.1234', snapshot: sampleSnapshot() } });
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('property: no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => decodeEntry(bytes).kind === 'invalid'));
    fc.assert(fc.property(fc.json(), (json) => decodeEntry(forged(json)).kind === 'invalid'));
  });

  test('no address, no credential and no name of a user is in an entry', () => {
    expect(Object.keys(JSON.parse(Buffer.from(encodeEntry(entry)).toString().split('\n')[1] ?? ''))).toEqual([
      'identity',
      'server',
      'takenAt',
      'validators',
      'version',
      'groups',
      'gaps',
    ]);
  });
});

describe('sameAnswers', () => {
  test.each<[string, Partial<Snapshot>, boolean]>([
    ['taken at another time', { takenAt: 1 }, true],
    ['other groups', { groups: [] }, false],
    ['another ETag', { validators: { api: '"AB"', apis: '"EF"' } }, false],
    ['another gap', { gaps: [{ kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: '' }] }, false],
    ['another version', { version: { gitVersion: 'v1.37.3', major: '1', minor: '37' } }, false],
  ])('%s', (_name, over, expected) => {
    expect(sameAnswers(sampleSnapshot(), sampleSnapshot(over))).toBe(expected);
  });
});
