import { CHARACTER_CLASSES, type CharacterClass, countCharacters } from '@lorebox/core/text/count-characters';

export interface CountedText {
  kind: string;
  text: string;
  tokens: number;
}

/** Estimates aim at this many times the real count. */
const TARGET = 1.1;
/** An estimate below this share of the real count costs `PENALTY` times as much as one above. */
const FLOOR = 1.05;
const PENALTY = 12;
const ROUNDS = 3000;
/** Jargon and names have more tokens per letter than the texts of the fit. */
const MARGINS: Partial<Record<CharacterClass, number>> = { word: 1.1, english: 1.06, code: 1.06 };

/**
 * Fits a weight in thousandths of a token per class of characters by non-negative least squares of the relative error. Each kind of text counts
 * the same.
 */
export function fitTokenWeights(texts: readonly CountedText[]): Record<CharacterClass, number> {
  const shares = new Map<string, number>();
  for (const { kind } of texts) shares.set(kind, (shares.get(kind) ?? 0) + 1);
  const rows = texts.map(({ kind, text, tokens }) => {
    const counts = countCharacters(text);
    return { weight: 1 / (shares.get(kind) ?? 1), values: CHARACTER_CLASSES.map((name) => counts[name] / tokens) };
  });
  const weights = CHARACTER_CLASSES.map(() => 0.3);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let at = 0; at < weights.length; at += 1) {
      const { over, under } = residuals(rows, weights, at);
      if (under > 1e-8) weights[at] = Math.max(0, over / under);
    }
  }
  liftRareScripts(texts, weights);
  return Object.fromEntries(
    CHARACTER_CLASSES.map((name, at) => [name, Math.round((weights[at] ?? 0) * (MARGINS[name] ?? 1) * 1000)]),
  ) as Record<CharacterClass, number>;
}

function residuals(rows: readonly { weight: number; values: number[] }[], weights: readonly number[], at: number) {
  let [over, under] = [0, 1e-9];
  for (const { weight, values } of rows) {
    const value = values[at] ?? 0;
    if (value === 0) continue;
    const estimate = values.reduce((sum, each, i) => sum + each * (weights[i] ?? 0), 0);
    const cost = weight * (estimate < FLOOR ? PENALTY : 1);
    over += cost * value * (TARGET - (estimate - value * (weights[at] ?? 0)));
    under += cost * value * value;
  }
  return { over, under };
}

/** Scripts that share a class differ a lot, so the most expensive one decides. */
function liftRareScripts(texts: readonly CountedText[], weights: number[]): void {
  for (const name of ['southeast', 'other'] as const) {
    const at = CHARACTER_CLASSES.indexOf(name);
    for (const { text, tokens } of texts) {
      const counts = countCharacters(text);
      if (counts[name] < text.length / 3) continue;
      const rest = CHARACTER_CLASSES.reduce(
        (sum, each, i) => (i === at ? sum : sum + counts[each] * (weights[i] ?? 0)),
        0,
      );
      weights[at] = Math.max(weights[at] ?? 0, (FLOOR * tokens - rest) / counts[name]);
    }
  }
}
