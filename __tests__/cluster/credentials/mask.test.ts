import { expect, test } from 'vitest';
import { maskPrivateKey, maskSecret } from '../../../src/cluster/credentials/mask.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';

const { key } = createAuthority().client('x');
const lines = key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));

test.each([
  ['nothing for nothing', '', []],
  ['nothing for blanks', ' \n', []],
  ['a word', 'sesame', ['sesame']],
  ['a short word', 'abc', ['abc']],
  ['a word without the blanks around it', ' sesame\n', ['sesame']],
  ['each line that says something', 'open-sesame\r\nx\n-----BEGIN-----\nmore-sesame', ['open-sesame', 'more-sesame']],
])('masked is %s', (_, secret, wanted) => {
  const world = seenWorld();
  maskSecret(secret, world.secrets);
  expect(world.masked).toEqual(wanted);
});

test('of a key, each line of its body, and the whole as a kubeconfig has it', () => {
  const world = seenWorld();
  maskPrivateKey(key, world.secrets);
  expect(world.masked).toEqual([...lines, Buffer.from(key).toString('base64')]);
});

test('of no key, nothing', () => {
  const world = seenWorld();
  maskPrivateKey('', world.secrets);
  expect(world.masked).toEqual([]);
});
