import { expect, test } from 'vitest';
import { checkDirective, checkTag, fullTag, readDirectives } from '../../src/yaml/tag.ts';

const none = readDirectives([]);

test.each([
  ['!!int', 'tag:yaml.org,2002:int'],
  ['!', '!'],
  ['!local', '!local'],
  ['!<tag:example.com,2000:x>', 'tag:example.com,2000:x'],
  ['!a%20b', '!a%20b'],
])('%s in full is %s', (source, full) => {
  expect(fullTag(0, source, none)).toBe(full);
});

test.each(['!!', '!x!y', '!<x', '!a{b', '!%zz'])('%s is refused', (source) => {
  expect(() => fullTag(7, source, none)).toThrow(expect.objectContaining({ name: 'Unreadable', at: 7 }));
});

test('a directive gives a handle its prefix', () => {
  const handles = readDirectives([
    { at: 0, source: '%YAML 1.1 # comment' },
    { at: 20, source: '%TAG !x! tag:example.com,2000:' },
  ]);
  expect(fullTag(0, '!x!y', handles)).toBe('tag:example.com,2000:y');
});

test.each([['%YAML 1.2'], ['%YAML 1.1', '%YAML 1.1'], ['%TAG !x! a:', '%TAG !x! b:'], ['%TAG x a:'], ['%FOO']])(
  'the directives %j are refused',
  (...sources) => {
    expect(() => readDirectives(sources.map((source, at) => ({ at, source })))).toThrow(/./);
  },
);

test('a tag after a document means nothing, but must look like one', () => {
  expect(() => checkTag(3, '!unknown!x')).not.toThrow();
  expect(() => checkTag(3, '!a`')).toThrow(expect.objectContaining({ at: 3 }));
});

test('a directive after a document is not followed, but must be one', () => {
  expect(() => checkDirective(3, '%YAML 1.2')).not.toThrow();
  expect(() => checkDirective(3, '%YAML')).toThrow(expect.objectContaining({ at: 3 }));
});
