import { expect, test } from 'vitest';
import { unreachableProxy } from '../../../src/cluster/connection/proxy-failure.ts';

const error = (fields: object, message = 'words') => Object.assign(new Error(message), fields);

test.each([
  ['a proxy without TLS', error({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), { kind: 'proxy-not-tls' }],
  [
    'a proxy without TLS, found out while writing',
    error(
      { code: 'EPROTO' },
      'write EPROTO 40C:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:x.c:77:',
    ),
    { kind: 'proxy-not-tls' },
  ],
  ['a stranger', error({ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }), { kind: 'proxy-untrusted', came: 'words' }],
  ['self-signed', error({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), { kind: 'proxy-untrusted', came: 'words' }],
  ['another name', error({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), { kind: 'proxy-untrusted', came: 'words' }],
  ['refused', error({ code: 'ECONNREFUSED' }), { kind: 'proxy-unreachable', came: 'words' }],
  ['no words', error({ code: 'ECONNREFUSED' }, ''), { kind: 'proxy-unreachable', came: 'ECONNREFUSED' }],
  ['the reason of OpenSSL', error({ code: 'ERR_SSL_X', reason: 'why' }), { kind: 'proxy-unreachable', came: 'why' }],
])('%s', (_rule, given, failure) => {
  expect(unreachableProxy(given)).toEqual(failure);
});
