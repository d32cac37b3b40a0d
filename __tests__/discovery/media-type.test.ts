import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discoveryAccept, discoveryFormat, isHtml } from '../../src/discovery/media-type.ts';

test('v2 is asked for first, v2beta1 next, and the plain document that every server has last', () => {
  expect(discoveryAccept).toBe(
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
  );
});

test.each([
  ['v2', 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList', 'aggregated'],
  ['v2beta1', 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList', 'aggregated'],
  ['any order of parameters', 'application/json; as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io', 'aggregated'],
  [
    'a charset that a proxy added',
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList;charset=utf-8',
    'aggregated',
  ],
  [
    'the case of type and parameter names',
    'Application/JSON; G=apidiscovery.k8s.io; V=v2; AS=APIGroupDiscoveryList',
    'aggregated',
  ],
  ['quoted values', 'application/json; g="apidiscovery.k8s.io"; v="v2"; as="APIGroupDiscovery\\List"', 'aggregated'],
  ['a semicolon at the end', 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList;', 'aggregated'],
  ['the case of values does matter', 'application/json;g=apidiscovery.k8s.io;v=V2;as=APIGroupDiscoveryList', 'plain'],
  ['a version that is not known yet', 'application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList', 'plain'],
  ['a parameter that is missing', 'application/json;g=apidiscovery.k8s.io;v=v2', 'plain'],
  ['another group', 'application/json;g=meta.k8s.io;v=v2;as=APIGroupDiscoveryList', 'plain'],
  ['another kind', 'application/json;g=apidiscovery.k8s.io;v=v2;as=Table', 'plain'],
  [
    'another encoding',
    'application/vnd.kubernetes.protobuf;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    'plain',
  ],
  ['a parameter named twice', 'application/json;g=apidiscovery.k8s.io;v=v2;v=v2;as=APIGroupDiscoveryList', 'plain'],
  ['a malformed parameter', 'application/json;g apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList', 'plain'],
  ['plain JSON', 'application/json', 'plain'],
  ['plain JSON with a charset', 'application/json; charset=UTF-8', 'plain'],
  ['nothing', '', 'plain'],
])('the format of an answer: %s', (_, contentType, format) => {
  expect(discoveryFormat(contentType)).toBe(format);
});

test.each([
  ['text/html', true],
  ['TEXT/HTML; charset=utf-8', true],
  ['application/xhtml+xml', true],
  ['text/plain', false],
  ['application/json; note="text/html"', false],
])('a page for people: %s', (contentType, html) => {
  expect(isHtml(contentType)).toBe(html);
});

test('any text has a format', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (rest) => {
      expect(['aggregated', 'plain']).toContain(discoveryFormat(`application/json;${rest}`));
    }),
  );
});

test.each([' ', ';', 'a', '"', '\\'])('a Content-Type of millions of %j is read in one pass', (filler) => {
  expect(discoveryFormat(`application/json;${filler.repeat(5_000_000)}x`)).toBe('plain');
});
