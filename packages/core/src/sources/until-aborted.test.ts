import { expect, it } from 'vitest';
import { untilAborted } from './until-aborted.ts';

async function collect<T>(items: AsyncIterable<T>, into: T[] = []): Promise<T[]> {
  for await (const item of items) into.push(item);
  return into;
}

it('hands on items and errors, and tells the source when it is left', async () => {
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
  await expect.poll(() => isLeft).toBe(true);
});

it('leaves a source that hangs, or that was never to be begun', async () => {
  const cut = new AbortController();
  async function* source() {
    yield 1;
    await new Promise(() => {});
  }
  const seen: number[] = [];
  setTimeout(() => cut.abort(new Error('cut')), 20);
  await expect(collect(untilAborted(source(), cut.signal), seen)).rejects.toThrow('cut');
  expect(seen).toEqual([1]);
  await expect(collect(untilAborted(source(), cut.signal))).rejects.toThrow('cut');
});
