import fc from 'fast-check';
import { CORE_SCHEMA, dump, loadAll, mergeTag } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readPlainKubeconfig } from '../../../src/cluster/kubeconfig/plain.ts';

/** What the parser says, which stands in for all that is not plain. */
const parsed = (text: string): unknown => loadAll(text, { schema: CORE_SCHEMA.withTags(mergeTag), json: true })[0];

const ofKubectl = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTi==
    insecure-skip-tls-verify: false
    server: https://10.0.0.1:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin@kubernetes
  name: prod
current-context: prod
kind: Config
preferences: {}
users:
- name: kubernetes-admin@kubernetes
  user:
    client-certificate-data: LS0tLS1CRUdJTi
    token: null
`;

const ofEks = `apiVersion: v1
kind: Config
users:
  # written by aws eks update-kubeconfig
  - name: arn:aws:eks:us-west-2:111122223333:cluster/prod
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: aws
        args:
          - --region
          - us-west-2

          - eks
          - "get-token"
          - '--cluster-name=prod'
        env:
          - name: AWS_PROFILE
            value: "1234"
        interactiveMode: Never
`;

describe('plain, and read as the parser reads it', () => {
  test.each([
    ['what kubectl prints', ofKubectl],
    ['what aws writes', ofEks],
    ['what a YAML library prints', dump(parsed(ofKubectl))],
    ['a key without a value, at the end and before another', 'users:\nkind: Config\ncurrent-context:'],
    ['a list in the column of its key, and a key after it', 'a:\n- x\nb: y\n'],
    ['a list in a list', 'a:\n- - x\n  - y\n- - z\n'],
    ['the last of equal keys', 'a: x\na: y\n'],
    ['blanks at the end of a line', 'a: x  \nb:  \n  c: y \n'],
    ['lines without a word', '\n\na: x\n\n# b: z\n  \nb: y\n\n'],
    ['a dash with more than one blank after it', 'a:\n-   b: x\n    c: y\n'],
    ['an item on the line after its dash', 'a:\n-\n  b: x\n'],
    ['words that only YAML 1.1 takes for others', 'a: yes\nb: off\nc: y\n'],
  ])('%s', (_, text) => {
    expect(readPlainKubeconfig(text)).toEqual({ document: parsed(text) });
  });
});

describe('left to the parser', () => {
  test.each([
    ['nothing', ''],
    ['comments only', '# none\n'],
    ['a text that goes on in the next line', 'a: x\n  y\n'],
    ['a text that goes on in the next line of a list', 'a:\n- x\n  y\n'],
    ['a text on the line after its key', 'a:\n  x\n'],
    ['a text of two words', 'a: x y\n'],
    ['a block of text', 'a: |\n  x\n'],
    ['a flow mapping', 'a: {b: x}\n'],
    ['a comment after a value', 'a: x # y\n'],
    ['an anchor and an alias', 'a: &x y\nb: *x\n'],
    ['a tag', 'a: !!str x\n'],
    ['a merge key', '<<: {}\n'],
    ['a number', 'a: 1234\n'],
    ['what may be a number', 'a: 1e3\nb: .5\n'],
    ['a word of YAML in other letters', 'a: True\n'],
    ['a word of YAML as a key', 'null: x\n'],
    ['a quoted text with escapes', 'a: "x\\ty"\n'],
    ['a quoted text with its quote in it', "a: 'x''y'\n"],
    ['a value that ends in a colon', 'a: x:\n'],
    ['a document mark', '---\na: x\n'],
    ['two documents', 'a: x\n---\nb: y\n'],
    ['Windows line ends', 'a: x\r\nb: y\r\n'],
    ['a tab', 'a:\n\tb: x\n'],
    ['letters beyond ASCII', 'a: ä\n'],
    ['a line that stands between two columns', 'a:\n    b: x\n  c: y\n'],
    ['a line that stands deeper without need', 'a: x\n  b: y\n'],
    ['a list beside keys', 'a: x\n- y\n'],
    ['a key beside a list', '- y\na: x\n'],
    ['a first line that does not stand at the left', '  a: x\nb: y\n'],
    ['a text alone', 'x\n'],
    ['a dash with nothing after it', 'a:\n-\n- x\n'],
    [
      'more levels than a kubeconfig has',
      Array.from({ length: 30 }, (__, level) => `${' '.repeat(level)}a:`).join('\n'),
    ],
    ['more text than a kubeconfig has', `a: ${'x'.repeat(1024 * 1024)}\n`],
  ])('%s', (_, text) => {
    expect(readPlainKubeconfig(text)).toBeUndefined();
  });
});

describe('whatever the text', () => {
  // Plain for the most part, so that many texts are answered, and odd in one place or another.
  const mostly = (plain: readonly string[], odd: readonly string[]) =>
    fc.oneof({ arbitrary: fc.constantFrom(...plain), weight: 9 }, { arbitrary: fc.constantFrom(...odd), weight: 1 });
  const odd =
    'true|No|-|- -|#c|1|~|x#y|x #y|&a|*a|||>-|?|: |a:|"|\'|""|<<|{a: b}|,z|%|@|e1|.inf|"q r"|\'#\'|- x|a: b|null|1e3|0x1|+1|---|...|!t|`|[|}'.split(
      '|',
    );
  const line = fc
    .tuple(
      mostly(['', '', '  ', '    '], [' ', '   ', '      ', '\t']),
      mostly(['', '', '', '- '], ['-  ', '- - ', '-']),
      mostly(
        ['a: ', 'b: ', 'name: ', 'as-user-extra: ', ''],
        ['null: ', '1: ', '"k": ', '<<: ', 'a:', 'a : ', 'True: '],
      ),
      mostly(['', 'x', 'https://h:1/x', '"q"', "'q'", '{}', '[]', 'null', 'true', '-x', '--y', 'x:y', 'LS0='], odd),
    )
    .map((parts) => parts.join(''));
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

  test('what is answered is what the parser answers', () => {
    let answered = 0;
    fc.assert(
      fc.property(text, (given) => {
        const plain = readPlainKubeconfig(given);
        if (plain === undefined) return;
        answered += 1;
        expect(plain.document).toEqual(parsed(given));
      }),
      { numRuns: 20_000 },
    );
    expect(answered).toBeGreaterThan(1_000);
  });

  test('a kubeconfig of words is plain however it is indented', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9./@:-]{0,20}[a-z]$/)
      .filter((each) => each !== 'true' && each !== 'null');
    const config = fc.record({
      clusters: fc.array(
        fc.record({ name, cluster: fc.record({ server: name, 'insecure-skip-tls-verify': fc.boolean() }) }),
        { minLength: 1 },
      ),
      users: fc.array(
        fc.record({ name, user: fc.record({ exec: fc.record({ args: fc.array(name, { minLength: 1 }) }) }) }),
        { minLength: 1 },
      ),
      'current-context': name,
    });
    fc.assert(
      fc.property(config, fc.constantFrom(2, 4), fc.boolean(), (document, indent, seqNoIndent) => {
        expect(readPlainKubeconfig(dump(document, { indent, seqNoIndent }))).toEqual({ document });
      }),
    );
  });
});
