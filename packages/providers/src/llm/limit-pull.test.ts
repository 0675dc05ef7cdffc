import { expect, it } from 'vitest';
import { limitPull } from './limit-pull.ts';

async function* steps(sizes: readonly number[]) {
  for (const [i, total] of sizes.entries())
    for (const completed of [0, total]) yield { status: `pulling ${i}`, completed, total };
  yield { status: 'success', completed: null, total: null };
}

async function run(sizes: readonly number[], maxBytes: number): Promise<number> {
  let count = 0;
  for await (const _ of limitPull(steps(sizes), maxBytes)) count += 1;
  return count;
}

it('counts each layer once, and stops when the total is too large', async () => {
  expect(await run([600, 400], 1000)).toBe(5);
  await expect(run([600, 401], 1000)).rejects.toMatchObject({ code: 'TOO_LARGE' });
});
