import { judgeSupport, SUPPORT_KINDS, scoreSupport } from '@lorebox/testkit/judged-support';
import { expect, it } from 'vitest';

/** Slightly below the figures in docs/benchmarks.md: minimum precision and recall, of the tuned and the held-out half. */
const MINIMUM = {
  supported: { tuned: [0.95, 0.95], heldOut: [0.87, 0.95] },
  number: { tuned: [0.93, 0.96], heldOut: [0.93, 0.93] },
  negated: { tuned: [0.93, 0.96], heldOut: [0.93, 0.96] },
  swapped: { tuned: [0.93, 0.93], heldOut: [0.92, 0.83] },
  unsupported: { tuned: [0.88, 0.93], heldOut: [0.88, 0.93] },
} as const;

it('judges supported, altered, negated, swapped and invented sentences as well as documented', async () => {
  const verdicts = await judgeSupport();
  expect(verdicts).toHaveLength(300);
  for (const kind of SUPPORT_KINDS) {
    for (const half of ['tuned', 'heldOut'] as const) {
      const score = scoreSupport(
        verdicts.filter(({ isHeldOut }) => isHeldOut === (half === 'heldOut')),
        kind,
      );
      const [precision, recall] = MINIMUM[kind][half];
      expect(score.precision, `${kind}, ${half}, precision`).toBeGreaterThanOrEqual(precision);
      expect(score.recall, `${kind}, ${half}, recall`).toBeGreaterThanOrEqual(recall);
    }
  }
});
