import { expect, it } from 'vitest';
import { permutationTest } from './permutation-test.ts';

it('distinguishes a real difference from noise', () => {
  expect(permutationTest(Array.from({ length: 40 }, () => 0.1))).toBeLessThan(0.001);
  expect(permutationTest(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.1 : -0.1)))).toBeGreaterThan(0.5);
  expect(permutationTest([])).toBe(1);
  expect(permutationTest([0, 0, 0])).toBe(1);
  // If four questions all improve, the probability of chance is one in eight.
  expect(permutationTest([0.2, 0.2, 0.2, 0.2])).toBeGreaterThan(0.08);
});
