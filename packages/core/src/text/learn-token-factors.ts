import { SCRIPT_GROUPS, type ScriptGroup, type TokenFactors } from './estimate-tokens.ts';

/** A count outside this range of the estimate is an error of the server. */
const MIN_RATIO = 0.1;
const MAX_RATIO = 5;
const MIN_FACTOR = 0.1;
const MAX_FACTOR = 4;
/** Downward corrections keep this margin, because the next text may be denser. */
const MARGIN = 1.05;

/**
 * Corrects the factors with a count that the server reported. Each group of scripts is corrected by its share of the
 * prompt, so that English prompts teach nothing about Thai. `estimated` has the factors applied. The caller makes sure
 * that the server received the whole prompt.
 */
export function learnTokenFactors(
  factors: TokenFactors,
  estimated: Readonly<Record<ScriptGroup, number>>,
  realTokens: number,
): TokenFactors {
  const total = SCRIPT_GROUPS.reduce((sum, group) => sum + estimated[group], 0);
  const ratio = realTokens / total;
  if (!(ratio > MIN_RATIO && ratio < MAX_RATIO)) return factors;
  const target = ratio < 1 ? Math.min(1, ratio * MARGIN) : ratio;
  const corrected = SCRIPT_GROUPS.map((group) => {
    const factor = factors[group] * target ** (estimated[group] / total);
    return [group, Math.min(MAX_FACTOR, Math.max(MIN_FACTOR, factor))];
  });
  return Object.fromEntries(corrected) as TokenFactors;
}
