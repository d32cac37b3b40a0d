import { expect, test } from 'vitest';
import { decodeFile } from '../../src/yaml/file-text.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  { rule: 'UTF-8 stays as it is', content: Buffer.from('é'), text: 'é', repairedAt: undefined },
  { rule: 'a byte order mark goes', content: Buffer.from('\uFEFFé'), text: 'é', repairedAt: undefined },
  { rule: 'UTF-16, little end first', content: Buffer.from('\uFEFFé', 'utf16le'), text: 'é', repairedAt: undefined },
  { rule: 'UTF-16, big end first', content: utf16be('\uFEFFé'), text: 'é', repairedAt: undefined },
  { rule: 'what is no UTF-8 is repaired', content: Buffer.from('ab\xe9c', 'latin1'), text: 'ab\uFFFDc', repairedAt: 2 },
  {
    rule: 'after a byte order mark too',
    content: Buffer.from('\xef\xbb\xbfab\xe9c', 'latin1'),
    text: 'ab\uFFFDc',
    repairedAt: 2,
  },
  { rule: 'an empty file has an empty text', content: Buffer.alloc(0), text: '', repairedAt: undefined },
])('$rule', ({ content, text, repairedAt }) => {
  const decoded = decodeFile(content);
  expect(decoded.bytes.toString()).toBe(text);
  expect(decoded.repairedAt).toBe(repairedAt);
  expect(decoded.promised).toBe(content.toString().startsWith('\uFEFF'));
});
