import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openProgress } from '../../src/terminal/progress.ts';

let written: string[];
let now: number;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  now = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  now += ms;
  vi.advanceTimersByTime(ms);
}
const open = () => openProgress((text) => written.push(text), { now: () => now });

describe('progress', () => {
  test('says nothing of what takes a second at most', () => {
    const progress = open();
    progress.now('Asking prod');
    pass(900);
    progress.end();
    expect(written).toEqual([]);
  });

  test('says what is under way, and for how long, after that', () => {
    const progress = open();
    progress.now('Asking prod');
    pass(1_000);
    pass(2_200);
    progress.end();
    expect(written.join('')).toContain('Asking prod (3 s)');
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  test('makes room for a line, and comes back', () => {
    const progress = open();
    progress.now('Asking prod');
    pass(1_200);
    progress.clear();
    expect(written.at(-1)).toBe('\r\u001b[2K');
    pass(200);
    expect(written.at(-1)).toContain('Asking prod');
    progress.end();
  });

  test('begins anew with the next step', () => {
    const progress = open();
    progress.now('Reading manifests');
    pass(2_000);
    progress.now('Asking prod');
    const before = written.length;
    pass(800);
    expect(written.length).toBe(before);
    progress.end();
  });

  test('does not fill more than a line', () => {
    const progress = open();
    progress.now('x'.repeat(500));
    pass(1_200);
    progress.end();
    for (const text of written) expect(text.length).toBeLessThan(90);
  });

  test('shows nothing where there is no terminal', () => {
    const progress = openProgress(undefined, { now: () => now });
    progress.now('Asking prod');
    pass(5_000);
    progress.end();
    expect(written).toEqual([]);
  });
});
