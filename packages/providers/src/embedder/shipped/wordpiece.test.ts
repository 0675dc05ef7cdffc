import { readFileSync } from 'node:fs';
import { englishModel } from '@lorebox/embedding-model';
import { describe, expect, test } from 'vitest';
import samples from './wordpiece.samples.json' with { type: 'json' };
import { createWordPiece } from './wordpiece.ts';

const wordPiece = createWordPiece(readFileSync(englishModel.vocabPath, 'utf8'));

describe('equality with the reference tokenizer', () => {
  test.each(samples)('$text', ({ text, ids }) => {
    expect(wordPiece.encode(text, 10_000)).toEqual(ids);
    // The second call uses the cache.
    expect(wordPiece.encode(text, 10_000)).toEqual(ids);
    expect(wordPiece.count(text)).toBe(ids.length - 2);
  });

  test('all samples as one text produce the concatenated pieces', () => {
    const all = wordPiece.encode(samples.map(({ text }) => text).join('\n'), 1_000_000);
    expect(all.slice(1, -1)).toEqual(samples.flatMap(({ ids }) => ids.slice(1, -1)));
  });
});

describe('encode', () => {
  const text = 'Antidisestablishmentarianism is a long word. '.repeat(100);

  test('truncates at the limit and still ends with [SEP]', () => {
    const whole = wordPiece.encode(text, 100_000);
    for (const limit of [2, 3, 7, 512]) {
      expect(wordPiece.encode(text, limit)).toEqual([...whole.slice(0, limit - 1), 102]);
    }
  });

  test('keeps a text that just fits', () => {
    const whole = wordPiece.encode(text, 100_000);
    expect(wordPiece.encode(text, whole.length)).toEqual(whole);
  });

  test('accepts lone surrogates', () => {
    expect(wordPiece.encode('a\ud800b \udfff', 10)).toEqual(wordPiece.encode('ab', 10));
  });
});

describe('count', () => {
  test('stays correct when the cache overflows', () => {
    const words = Array.from({ length: 120_000 }, (_, i) => `w${i.toString(36)}`);
    const expected = words.reduce((sum, word) => sum + wordPiece.encode(word, 100).length - 2, 0);
    expect(wordPiece.count(words.join(' '))).toBe(expected);
  });
});

describe('coverage', () => {
  test('is high for plain English and 0 for scripts that the vocabulary only spells', () => {
    expect(wordPiece.coverage('What is the capital of the largest country in Europe?')).toBeGreaterThan(0.95);
    for (const foreign of [
      '北京是中国的首都',
      'ما هي عاصمة فرنسا؟',
      'Какая столица России?',
      'สวัสดีชาวโลก',
      'नमस्ते दुनिया',
    ]) {
      expect(wordPiece.coverage(foreign), foreign).toBeLessThan(0.1);
    }
  });

  test('is in between for languages that share letters with English', () => {
    const german = wordPiece.coverage('Welche Bundesländer grenzen an die Hauptstadt der Bundesrepublik?');
    expect(german).toBeGreaterThan(0.1);
    expect(german).toBeLessThan(0.7);
  });

  test('does not count words without their accents as English', () => {
    expect(wordPiece.coverage('Thủ đô của Việt Nam')).toBeLessThan(0.3);
    expect(wordPiece.coverage('a naïve approach to the café problem')).toBeGreaterThan(0.6);
  });

  test('is 0 for text without words', () => {
    for (const text of ['', '2024-11-22', '404', '???', '👍']) expect(wordPiece.coverage(text), text).toBe(0);
  });
});
