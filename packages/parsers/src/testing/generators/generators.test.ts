import { createRandom } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { GENERATORS } from './all-generators.ts';
import { findFaults } from './document-generator.ts';

describe('generated documents', () => {
  it.each(Object.entries(GENERATORS))('%s: no word is lost, added or misplaced', async (_, make) => {
    expect(await findFaults(make, createRandom)).toEqual([]);
  });
});
