import { multilingualModel } from '@lorebox/embedding-model';
import { describe, expect, test } from 'vitest';
import samples from './unigram.samples.json' with { type: 'json' };
import { createUnigram } from './unigram.ts';
import { readVocabulary } from './word-file.ts';

const unigram = createUnigram(readVocabulary(multilingualModel.wordsPath));

describe('equality with the reference tokenizer', () => {
  test.each(samples)('$text', ({ text, ids }) => {
    expect(unigram.encode(text, 10_000)).toEqual([0, ...ids, 2]);
    // The second call uses the cache.
    expect(unigram.encode(text, 10_000)).toEqual([0, ...ids, 2]);
    expect(unigram.count(text)).toBe(ids.length);
  });

  test('all samples as one text produce the concatenated pieces', () => {
    const words = samples.filter(({ text }) => /^\S+(?: \S+)*$/.test(text));
    const all = unigram.encode(words.map(({ text }) => text).join(' '), 1_000_000);
    expect(all.slice(1, -1)).toEqual(words.flatMap(({ ids }) => ids));
  });
});

test('truncates at the limit and still ends with </s>', () => {
  const text = '北京是中国的首都。Die Hauptstadt ist Berlin. '.repeat(100);
  const whole = unigram.encode(text, 100_000);
  for (const limit of [2, 3, 7, 512]) expect(unigram.encode(text, limit)).toEqual([...whole.slice(0, limit - 1), 2]);
  expect(unigram.encode(text, whole.length)).toEqual(whole);
});

test('accepts lone surrogates and decomposed letters', () => {
  expect(unigram.encode('a\ud800b', 10).at(-1)).toBe(2);
  expect(unigram.encode('e\u0301te\u0301', 10)).toEqual(unigram.encode('été', 10));
});

test('knows the letters of all scripts that it was trained on', () => {
  for (const text of ['What is the capital?', '北京是中国的首都', 'ما هي عاصمة فرنسا؟', 'สวัสดีชาวโลก']) {
    expect(unigram.coverage(text), text).toBe(1);
  }
  expect(unigram.coverage('ᚠᚢᚦᚨᚱᚲ')).toBeLessThan(0.5);
});
