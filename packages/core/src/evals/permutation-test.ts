const ROUNDS = 2000;

/**
 * Two-sided paired permutation test: the share of random sign flips whose sum is at least as far from 0 as the observed
 * one. Deterministic, because the seed is fixed.
 */
export function permutationTest(differences: readonly number[]): number {
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) return 1;
  const observed = Math.abs(moved.reduce((sum, difference) => sum + difference, 0));
  let state = 0x2545f491;
  let asFar = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let sum = 0;
    for (const difference of moved) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      sum += state & 1 ? difference : -difference;
    }
    if (Math.abs(sum) >= observed - 1e-12) asFar += 1;
  }
  return (asFar + 1) / (ROUNDS + 1);
}
