import { describe, expect, test } from 'vitest';
import { hide, openAzureReader, readToolkitLine } from '../../src/cache/toolkit-output.ts';

describe('readToolkitLine', () => {
  test.each([
    ['::warning::Failed to restore: no', { kind: 'complaint', text: 'Failed to restore: no' }],
    ['::error::Failed to save: 500', { kind: 'complaint', text: 'Failed to save: 500' }],
    ['::warning title=x,line=1::two%0Alines%25', { kind: 'complaint', text: 'two\nlines%' }],
    ['::debug::Failed to reserve cache: (409)', { kind: 'complaint', text: 'Failed to reserve cache: (409)' }],
    ['Failed to save: Unable to reserve', { kind: 'complaint', text: 'Failed to save: Unable to reserve' }],
    [
      'Failed to save: Unable to reserve cache with key k, another job may be creating this cache. More details: undefined',
      {
        kind: 'complaint',
        text: 'Failed to save: Unable to reserve cache with key k, another job may be creating this cache.',
      },
    ],
    [
      '::warning::Failed to save: Unable to reserve cache with key k. More details: null',
      { kind: 'complaint', text: 'Failed to save: Unable to reserve cache with key k.' },
    ],
    ['Failed to save: no. More details: ', { kind: 'complaint', text: 'Failed to save: no.' }],
    [
      'Failed to save: no. More details: quota exceeded',
      { kind: 'complaint', text: 'Failed to save: no. More details: quota exceeded' },
    ],
    ['Cache save skipped: mode', { kind: 'complaint', text: 'Cache save skipped: mode' }],
    ['::debug::Resolved Keys:', { kind: 'remark', text: 'Resolved Keys:' }],
    ['Cache Size: ~0 MB (5 B)', { kind: 'remark', text: 'Cache Size: ~0 MB (5 B)' }],
    ['::add-mask::sig%3D', { kind: 'mask', secret: 'sig%3D' }],
    ['::debug::%250A', { kind: 'remark', text: '%0A' }],
    [
      'Attempt 1 of 5 failed with error: Failed request: (503) Service Unavailable. Retrying request in 3000 ms...',
      { kind: 'retry', text: 'Failed request: (503) Service Unavailable' },
    ],
    [
      `Attempt 2 of 5 failed with error: Unexpected token '<', "<html>" is not valid JSON. Retrying request in 4711 ms...`,
      { kind: 'retry', text: `Unexpected token '<', "<html>" is not valid JSON` },
    ],
    [
      '::debug::getCacheEntry - Attempt 1 of 2 failed with error: Cache service responded with 503',
      { kind: 'retry', text: 'Cache service responded with 503' },
    ],
    [
      '::debug::uploadChunk (start: 0, end: 188) - Attempt 1 of 2 failed with error: Cache service responded with 503',
      { kind: 'retry', text: 'Cache service responded with 503' },
    ],
    [
      '::debug::downloadCachePart - Attempt 1 of 2 failed with error: socket hang up',
      { kind: 'retry', text: 'socket hang up' },
    ],
    [
      '::debug::getCacheEntry - Attempt 1 of 2 failed with error: Cache service responded with 500',
      { kind: 'remark', text: 'getCacheEntry - Attempt 1 of 2 failed with error: Cache service responded with 500' },
    ],
    ['', { kind: 'remark', text: '' }],
  ])('%s', (line, expected) => {
    expect(readToolkitLine(line)).toEqual(expected);
  });
});

describe('openAzureReader', () => {
  const pause = 'azure:storage-common:info RetryPolicy: Delay for 4000ms';
  test.each([
    [
      'a status',
      'azure:storage-common:info RetryPolicy: Will retry for status code 503.',
      'the upload was answered with 503',
    ],
    [
      'an error',
      'azure:storage-common:info RetryPolicy: Network error ECONNRESET found, will retry.',
      'the upload failed: ECONNRESET',
    ],
    ['anything else', 'azure:storage-common:info RetryPolicy: =====> Try=1 Primary', 'the upload failed'],
  ])('a pause ends the call, with what came before it: %s', (_rule, line, cause) => {
    const read = openAzureReader();
    expect([read(line), read('azure:storage-common:info RetryPolicy: Delay for 0ms'), read(pause)]).toEqual([
      undefined,
      undefined,
      cause,
    ]);
  });
});

describe('hide', () => {
  test('every secret, everywhere, and nothing for an empty one', () => {
    expect(hide('a?sig=s1 b?sig=s2 s1', new Set(['s1', 's2', '']))).toBe('a?sig=*** b?sig=*** ***');
  });
});
