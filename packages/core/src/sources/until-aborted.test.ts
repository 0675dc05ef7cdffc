import { expect, it } from 'vitest';
import { untilAborted } from './until-aborted.ts';

async function collect<T>(items: AsyncIterable<T>, into: T[] = []): Promise<T[]> {
  for await (const item of items) into.push(item);
  return into;
}

it('forwards items and errors, and closes the source when the reader stops', async () => {
  const { signal } = new AbortController();
  let isLeft = false;
  async function* source() {
    try {
      yield* [1, 2, 3];
      throw new Error('out of items');
    } finally {
      isLeft = true;
    }
  }
  const seen: number[] = [];
  await expect(collect(untilAborted(source(), signal), seen)).rejects.toThrow('out of items');
  expect(seen).toEqual([1, 2, 3]);
  isLeft = false;
  for await (const _ of untilAborted(source(), signal)) break;
  await expect.poll(() => isLeft, { interval: 1 }).toBe(true);
});

it('abandons a source that hangs, and starts none after the abort', async () => {
  const controller = new AbortController();
  async function* hang() {
    yield 1;
    queueMicrotask(() => controller.abort(new Error('aborted')));
    await new Promise(() => {});
  }
  const seen: number[] = [];
  await expect(collect(untilAborted(hang(), controller.signal), seen)).rejects.toThrow('aborted');
  expect(seen).toEqual([1]);
  await expect(collect(untilAborted(hang(), controller.signal))).rejects.toThrow('aborted');
});
