import { describe, expect, it } from 'vitest';
import { estimateByScript, estimateTokens, NEUTRAL_FACTORS, tokenizerFamilyOf } from './estimate-tokens.ts';
import fixture from './fixtures/token-counts.json' with { type: 'json' };
import { learnTokenFactors } from './learn-token-factors.ts';
import type { TokenizerFamily } from './token-weights.ts';

const FAMILIES = Object.keys(fixture[0]?.tokens ?? {}) as TokenizerFamily[];
const KINDS = ['english', 'german', 'chinese', 'thai', 'hindi', 'code', 'numeric CSV', 'hex'];
const TEXTS = fixture.filter(({ kind }) => KINDS.includes(kind));

describe('estimateTokens', () => {
  it.each(FAMILIES)('is at most 5 %% below and 35 %% above the real count of %s', (family) => {
    const profile = { family, factors: NEUTRAL_FACTORS };
    const ratios = TEXTS.map(
      ({ kind, text, tokens }) => [kind, estimateTokens(text, profile) / tokens[family]] as const,
    );
    expect(ratios.filter(([, ratio]) => ratio < 0.95 || ratio > 1.35)).toEqual([]);
    expect(ratios).toHaveLength(KINDS.length);
  });

  it.each(FAMILIES)('is never more than 5 %% too low for %s if the tokenizer is unknown', (family) => {
    const low = fixture.filter(({ text, tokens }) => estimateTokens(text) < tokens[family] * 0.95);
    expect(low.map(({ kind }) => kind)).toEqual([]);
  });

  it('grows with the text, whatever it contains', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens(' ')).toBeLessThanOrEqual(1);
    expect(estimateTokens('\n'.repeat(1000))).toBeLessThan(30);
    expect(estimateTokens('x'.repeat(100_000))).toBeGreaterThan(10_000);
    expect(estimateTokens('\uD83D')).toBeGreaterThan(0);
  });
});

it.each([
  ['ollama:qwen3:4b', 'qwen'],
  ['openai:gpt-oss-20b', 'o200k'],
  ['ollama:gemma3:270m', 'gemma'],
  ['llama-cpp:SmolLM2-135M-Instruct.Q4_1.gguf', 'smollm'],
  ['ollama:llama3.2:latest', 'llama3'],
  ['openai:mistralai/Mistral-7B-Instruct-v0.2', 'llama2'],
  ['ollama:mistral-nemo', 'tekken'],
  ['ollama:something', null],
])('knows the tokenizer of %s', (id, family) => {
  expect(tokenizerFamilyOf(id)).toBe(family);
});

describe('learnTokenFactors', () => {
  const textOf = (kind: string) => fixture.find((row) => row.kind === kind) ?? fixture[0];

  it('approaches the real counts of an unknown tokenizer, script by script', () => {
    let factors = NEUTRAL_FACTORS;
    const [english, thai] = [textOf('english'), textOf('thai')];
    if (!english || !thai) throw new Error('The fixture lacks a text.');
    for (let round = 0; round < 12; round += 1) {
      for (const row of [english, thai]) {
        factors = learnTokenFactors(factors, estimateByScript(row.text, { family: null, factors }), row.tokens.gemma);
      }
    }
    for (const row of [english, thai]) {
      const ratio = estimateTokens(row.text, { family: null, factors }) / row.tokens.gemma;
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThan(1.15);
    }
  });

  it('learns nothing about other scripts, and nothing from an absurd count', () => {
    const latin = { latin: 1000, cjk: 0, other: 0 };
    expect(learnTokenFactors(NEUTRAL_FACTORS, latin, 1500)).toEqual({ latin: 1.5, cjk: 1, other: 1 });
    expect(learnTokenFactors(NEUTRAL_FACTORS, latin, 3)).toEqual(NEUTRAL_FACTORS);
    expect(learnTokenFactors(NEUTRAL_FACTORS, { latin: 0, cjk: 0, other: 0 }, 10)).toEqual(NEUTRAL_FACTORS);
  });
});
