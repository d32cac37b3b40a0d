import { expect, test } from 'vitest';
import { parseSegment } from '../../src/files/segment.ts';

function matches(pattern: string, name: string): boolean {
  const segment = parseSegment(pattern);
  if (segment.kind === 'folders') throw new Error('two stars are not for names');
  return segment.kind === 'name' ? segment.name === name : segment.matches(name);
}

test.each<[rule: string, pattern: string, yes: string[], no: string[]]>([
  ['text is itself', 'a.yaml', ['a.yaml'], ['a.yml', 'A.yaml', 'xa.yaml', 'a.yamlx']],
  ['a star is any text, the empty one too', 'a*', ['a', 'ab', 'a.b'], ['ba', '']],
  ['several stars are one', '*a***b*', ['ab', 'xaybz'], ['ba']],
  ['a question mark is one character', 'a?', ['ab', 'a?', 'aé', 'a😀'], ['a', 'abc']],
  ['a class', '[ab]x', ['ax', 'bx'], ['cx', 'x', 'abx']],
  ['a range', '[a-c1-3]', ['b', '2'], ['d', '-', 'B']],
  ['a negated class', '[!d]*', ['a', 'ad'], ['d', 'da', '']],
  ['the other negation', '[^d]*', ['a'], ['d']],
  ['a bracket that comes first', '[]a]', [']', 'a'], ['b']],
  ['a bracket that comes first behind a negation', '[!]a]', ['b'], [']', 'a']],
  ['a dash at the end', '[a-]', ['a', '-'], ['b']],
  ['a dash at the beginning', '[-a]', ['a', '-'], ['b']],
  ['an escape in a class', '[\\]x]', [']', 'x'], ['\\']],
  ['digits', 'r[[:digit:]]', ['r1'], ['rx', 'r']],
  ['not letters', '[![:alpha:]]', ['1', '-'], ['a', 'é']],
  ['a class of several', '[[:upper:][:digit:]_]', ['A', '1', '_'], ['a']],
  ['a dash as the end of a range', 'x[[.-.]-0]', ['x-', 'x.', 'x0'], ['x1', 'x[']],
  ['an open bracket is text', '[a', ['[a'], ['a']],
  ['empty brackets are text', '[]', ['[]'], [']']],
  ['an escaped star is text', 'a\\*', ['a*'], ['ab', 'a\\*']],
  ['an escaped letter is itself', '\\a', ['a'], ['\\a']],
  ['parentheses without a mark are text', '(a|b)', ['(a|b)'], ['a', 'b']],
  ['a plus behind a letter is text', '(a+)+b', ['(a+)+b'], ['aab']],
  ['braces are text here', '{a,b}', ['{a,b}'], ['a']],
  ['one of', '@(a|b)x', ['ax', 'bx'], ['x', 'abx']],
  ['one of or none', '?(a|b)x', ['x', 'ax'], ['aax']],
  ['any number of', '*(a|b)x', ['x', 'abax'], ['cx']],
  ['some of', '+(a|b)x', ['ax', 'babx'], ['x']],
  ['none of', '!(dev)', ['dev-eu', 'prod', 'de'], ['dev']],
  ['none of several', '!(dev|test*)', ['prod', 'dev-eu'], ['dev', 'test', 'test-eu']],
  ['none of, before text', '!(a).yaml', ['b.yaml', 'aa.yaml', 'a.b.yaml'], ['a.yaml', '.yaml']],
  ['none of, behind text', 'a!(b)', ['a', 'ac', 'abb'], ['ab', 'b']],
  ['nested', '@(a|*(b|@(c|d)))e', ['ae', 'e', 'bcde'], ['abe']],
  ['not not', '!(!(a))', ['a'], ['b', 'aa']],
  ['a class in a group', '+([0-9])', ['123'], ['', '1a']],
  ['a bar in a class', '@([|]|b)', ['|', 'b'], ['']],
  ['a parenthesis in a class', '@([)]|b)', [')', 'b'], ['']],
  ['an escaped bar', '@(a\\|b)', ['a|b'], ['a', 'b']],
  ['an escaped parenthesis', '@(a\\))', ['a)'], ['a']],
  ['line breaks and other odd characters', 'a*b', ['a\nb', 'a\u2028b', 'a\u0000b'], []],
  ['a dot first is matched by a dot', '.*', ['.a'], ['a']],
  ['and by an escaped dot', '\\.*', ['.a'], ['a']],
  ['not by a star', '*', ['a'], ['.a']],
  ['not by a star before the dot', '*.yaml', ['a.yaml'], ['.yaml', '.a.yaml']],
  ['not by a question mark', '?a', ['xa'], ['.a']],
  ['not by a class', '[.x]a', ['xa'], ['.a']],
  ['not by a negated class', '[!x]a', ['ya'], ['.a']],
  ['not by a negation', '!(x)', ['y'], ['.a', '.x']],
  ['not by a negation of nothing', '!(x).a', ['y.a'], ['.a']],
  ['by a dot in the first alternative', '@(.hid|o)', ['.hid', 'o'], ['.o']],
  ['by a dot in another alternative', '@(o|.hid)', ['.hid', 'o'], ['.o']],
  ['by a dot behind what may be missing', '?(x).a', ['.a', 'x.a'], ['.x.a']],
  ['later dots are nothing special', 'a*', ['a.b', 'a.'], []],
])('%s: %s', (_, pattern, yes, no) => {
  expect(yes.filter((name) => !matches(pattern, name))).toEqual([]);
  expect(no.filter((name) => matches(pattern, name))).toEqual([]);
});

test.each([
  ['an open group', '@(a', /no closing parenthesis/],
  ['an open bracket in a group', '@([a|b)', /no closing bracket/],
  ['a range backwards', '[z-a]', /z-a/],
  ['a range that ends in a class', '[a-[:digit:]]', /a-/],
  ['an unknown class', '[[:letter:]]', /\[:letter:\]/],
  ['characters that a language takes for equal', '[[=a=]]', /\[=a=\]/],
  ['the name of a character', '[[.hyphen.]]', /\[\.hyphen\.\]/],
  ['groups without end', `${'@('.repeat(30)}a${')'.repeat(30)}`, /nest/],
])('refused: %s', (_, pattern, message) => {
  expect(() => parseSegment(pattern)).toThrow(
    expect.objectContaining({ outcome: 'invalid-input', message: expect.stringMatching(message) }),
  );
});

// Each takes forever where one way after the other is tried.
test.each([
  '*a*a*a*a*a*a*a*a*a*a*a*a*a*b',
  '*(*(*(*(*(*(*(a)))))))b',
  '+(a|aa|aaa|+(a|aa))b',
  '*(a|b|ab)*(a|b|ab)*(a|b|ab)c',
  '+(+(+(!(+(!(*(a|aa)b)c)))))d',
  '!(*a*a*a*a*a*a*a*b)b',
  `${'?(a)'.repeat(200)}${'a'.repeat(200)}b`,
])('no pattern is slow: %s', (pattern) => {
  expect(matches(pattern, 'a'.repeat(250))).toBe(false);
});
