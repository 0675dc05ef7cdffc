import { describe, expect, it } from 'vitest';
import { characterErrorRate, phraseErrorRate, wordErrorRate } from './error-rate.ts';

describe('error rates', () => {
  it('count edits per character of the reference text, ignoring layout', () => {
    expect(characterErrorRate('abcd', 'abcd')).toBe(0);
    expect(characterErrorRate('abcd', 'abXd')).toBe(0.25);
    expect(characterErrorRate('abcd', 'abcdefgh')).toBe(1);
    expect(characterErrorRate('abcd', '')).toBe(1);
    expect(characterErrorRate('• One “two”\nthree', '- One | "two" three')).toBe(0);
  });

  it('count edits per word, ignoring punctuation and case', () => {
    expect(wordErrorRate('One, two. Three!', 'one two three')).toBe(0);
    expect(wordErrorRate('one two three four', 'one too three')).toBe(0.5);
  });

  it('find phrases anywhere and use the better alternative', () => {
    expect(phraseErrorRate(['needle'], 'hay needle hay')).toBe(0);
    expect(phraseErrorRate(['needle'], 'hay neodle hay')).toBeCloseTo(1 / 6);
    expect(phraseErrorRate(['one|1'], 'number 1')).toBe(0);
  });
});
