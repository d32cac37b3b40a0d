import { expect, test } from 'vitest';
import { takeTurns } from '../../src/model/turns.ts';

const never = new AbortController().signal;

test('work runs at most so many at a time, in the order it came', async () => {
  const turns = takeTurns(3);
  const order: number[] = [];
  let busy = 0;
  let busiest = 0;
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      turns.take(never, async () => {
        busy += 1;
        busiest = Math.max(busiest, busy);
        order.push(index);
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
      }),
    ),
  );
  expect({ busiest, order }).toEqual({ busiest: 3, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
});

test('work that fails gives its place to the next', async () => {
  const turns = takeTurns(1);
  const failing = turns.take(never, () => Promise.reject(new Error('no')));
  const next = turns.take(never, async () => 'next');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('next');
});

test('who gives up while waiting leaves the queue, and takes no place with it', async () => {
  const turns = takeTurns(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = turns.take(never, () => promise);
  const impatient = new AbortController();
  const second = turns.take(impatient.signal, async () => 'second');
  const third = turns.take(never, async () => 'third');
  impatient.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  resolve();
  await first;
  await expect(third).resolves.toBe('third');
  await expect(turns.take(never, async () => 'fourth')).resolves.toBe('fourth');
});

test('what was over before it began does not begin', async () => {
  let began = false;
  await expect(
    takeTurns(1).take(AbortSignal.abort(new Error('over')), async () => {
      began = true;
    }),
  ).rejects.toThrow('over');
  expect(began).toBe(false);
});
