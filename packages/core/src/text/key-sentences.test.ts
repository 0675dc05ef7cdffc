import { describe, expect, it } from 'vitest';
import { keySentences } from './key-sentences.ts';

const chosen = (text: string, maxLength: number) =>
  keySentences(text, maxLength).map(({ start, end }) => text.slice(start, end));

const FILLER = 'It was a fine day and everyone said so again and again. ';
const TEXT =
  'This report describes the lighthouse of Norland and its keepers. ' +
  FILLER.repeat(20) +
  'The lighthouse was rebuilt in 1874 after the great storm destroyed its tower. ' +
  FILLER.repeat(20) +
  'Since 1990 the lighthouse of Norland works without keepers and saves 40 percent of its cost.';

describe('keySentences', () => {
  it('takes the sentences about the topic from all parts, in reading order', () => {
    const sentences = chosen(TEXT, 400);
    expect(sentences[0]).toMatch(/^This report describes/);
    expect(sentences.join(' ')).toContain('rebuilt in 1874');
    expect(sentences.join(' ')).toContain('40 percent');
    expect(sentences.filter((sentence) => sentence.startsWith('It was a fine day')).length).toBeLessThanOrEqual(1);
  });

  it('never takes more than allowed, and nothing from nothing', () => {
    for (const maxLength of [0, 50, 100, 1000]) {
      expect(chosen(TEXT, maxLength).join('').length).toBeLessThanOrEqual(maxLength);
    }
    expect(chosen('', 100)).toEqual([]);
    expect(chosen('Short. No. Yes.', 100)).toEqual([]);
  });
});
