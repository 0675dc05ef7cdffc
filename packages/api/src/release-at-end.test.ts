import { expect, it, vi } from 'vitest';
import { releaseAtEnd } from './release-at-end.ts';

async function* numbers(fail = false) {
  yield 1;
  if (fail) throw new Error('broken');
  yield 2;
}

it('releases at the end, on an error, and when the reader stops', async () => {
  const release = vi.fn();
  const seen: number[] = [];
  for await (const n of releaseAtEnd(numbers(), release)) {
    expect(release).not.toHaveBeenCalled();
    seen.push(n);
  }
  expect(seen).toEqual([1, 2]);
  expect(release).toHaveBeenCalledTimes(1);
  for await (const _ of releaseAtEnd(numbers(), release)) break;
  expect(release).toHaveBeenCalledTimes(2);
  const drain = async () => {
    for await (const _ of releaseAtEnd(numbers(true), release));
  };
  await expect(drain()).rejects.toThrow('broken');
  expect(release).toHaveBeenCalledTimes(3);
});
