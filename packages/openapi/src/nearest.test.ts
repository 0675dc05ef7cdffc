import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it('finds names with a typo, nearest first', () => {
  const names = ['title', 'titles', 'metadata', 'externalId'];
  expect(nearest('titel', names)).toEqual(['title', 'titles']);
  expect(nearest('titel', names, 1)).toEqual(['title']);
  expect(nearest('title', names)).toEqual(['title', 'titles']);
  expect(nearest('externalid', names)).toEqual(['externalId']);
  expect(nearest('color', names)).toEqual([]);
  expect(nearest('x'.repeat(10_000), names)).toEqual([]);
});
