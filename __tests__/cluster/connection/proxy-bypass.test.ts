import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goesDirect } from '../../../src/cluster/connection/proxy-bypass.ts';
import recorded from '../../fixtures/no-proxy/go.json' with { type: 'json' };

describe('what Go answered', () => {
  test.each(Object.entries(recorded.answers))('NO_PROXY "%s"', (rule, letters) => {
    const ours = recorded.servers.map((server) => (goesDirect(new URL(server), rule) ? 'd' : 'p')).join('');
    expect(ours).toBe(letters);
  });
});

describe('for any', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
  const host = fc.oneof(
    ipv4,
    name,
    fc.ipV6().map((address) => `[${address}]`),
  );
  const entry = fc.oneof(
    host,
    name.map((domain) => `.${domain}`),
    fc.string().filter((text) => !text.includes('*')),
  );
  const others = fc.array(entry).map((entries) => entries.join(','));

  test('text there is an answer', () => {
    fc.assert(
      fc.property(
        host,
        fc.string(),
        (server, noProxy) => typeof goesDirect(new URL(`https://${server}`), noProxy) === 'boolean',
      ),
    );
  });

  test('list with a * everything goes direct', () => {
    fc.assert(
      fc.property(host, others, others, (server, before, after) =>
        goesDirect(new URL(`https://${server}`), `${before}, * ,${after}`),
      ),
    );
  });

  test('list an entry more never takes a server back to the proxy', () => {
    fc.assert(
      fc.property(host, others, entry, (server, list, more) => {
        const url = new URL(`https://${server}:6443`);
        return !goesDirect(url, list) || goesDirect(url, `${list},${more}`);
      }),
    );
  });

  test('name is covered by itself, by a parent, and by itself only at its port', () => {
    fc.assert(
      fc.property(name, label, fc.integer({ min: 1, max: 65535 }), (domain, child, port) => {
        const server = new URL(`https://${domain}:${port}`);
        expect(goesDirect(server, domain)).toBe(true);
        expect(goesDirect(new URL(`https://${child}.${domain}`), domain)).toBe(true);
        expect(goesDirect(server, `.${domain}`)).toBe(false);
        expect(goesDirect(server, `${domain}:${port}`)).toBe(true);
        expect(goesDirect(server, `${domain}:${port - 1}`)).toBe(false);
      }),
    );
  });

  test('range of IPv4 covers what it holds, and nothing else', () => {
    fc.assert(
      fc.property(
        ipv4.filter((address) => !address.startsWith('127.')),
        ipv4,
        fc.integer({ min: 0, max: 32 }),
        (server, network, bits) => {
          const range = new BlockList();
          range.addSubnet(network, bits, 'ipv4');
          expect(goesDirect(new URL(`https://${server}`), `${network}/${bits}`)).toBe(range.check(server, 'ipv4'));
        },
      ),
    );
  });
});
