/** Numbers from 0 to 1 that look random and are the same with every run: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The seed of a generated test: fixed, so that CI repeats itself; another one on demand by LOREBOX_TEST_SEED. */
export function testSeed(fixed = 1): number {
  const seed = process.env.LOREBOX_TEST_SEED;
  return seed === undefined ? fixed : Number(seed);
}
