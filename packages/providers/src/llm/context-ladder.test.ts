import { expect, it } from 'vitest';
import { chooseContextWindow } from './context-ladder.ts';

it.each([
  [8192, null, 8192],
  [6000, 131_072, 8192],
  [8193, 131_072, 16_384],
  [8192, 4096, 4096],
  [131_072, 40_960, 32_768],
  [1_000_000, 1_000_000, 131_072],
  [8192, 512, 512],
  [100, null, 2048],
])('requested %i, model %s -> %i', (wish, maximum, window) => {
  expect(chooseContextWindow(wish, maximum)).toBe(window);
});
