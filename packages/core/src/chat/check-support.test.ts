import type { Embedder } from '@lorebox/ports/embedder';
import { describe, expect, it } from 'vitest';
import { checkSupport } from './check-support.ts';
import type { Passage } from './passage.ts';

const text = 'The reactor vessel holds 420 litres of coolant. Operators inspect the pump every 14 days.';
const passages: Passage[] = [
  {
    n: 1,
    chunkId: 'c',
    documentId: 'd',
    externalId: null,
    title: 'Manual',
    filename: 'm',
    page: 1,
    startTime: null,
    endTime: null,
    section: null,
    start: 0,
    end: text.length,
    text,
    score: 1,
  },
];
let embedded = 0;
/** Makes every text dissimilar, so that only the words decide. */
const embedder: Embedder = {
  modelId: 'none',
  dimension: 256,
  maxTokens: 512,
  countTokens: (value) => value.length,
  coverage: () => 1,
  async embed(texts) {
    embedded += texts.length;
    return texts.map((_, i) => new Float32Array(256).fill(0).map((__, j) => (i === j ? 1 : 0)));
  },
  close: async () => {},
};

describe('checkSupport', () => {
  it('accepts sentences with the words of the source, without calling the embedder', async () => {
    embedded = 0;
    expect(await checkSupport('The vessel holds 420 litres of coolant [1].', passages, embedder)).toEqual([]);
    expect(embedded).toBe(0);
  });

  it('flags a number that no source contains', async () => {
    const answer = 'The vessel holds 420 litres of coolant [1]. Operators inspect the pump every 30 days [1].';
    const [flag, ...rest] = await checkSupport(answer, passages, embedder);
    expect(rest).toEqual([]);
    expect(answer.slice(flag?.start, flag?.end)).toBe('Operators inspect the pump every 30 days [1].');
  });

  it.each([
    ['The vessel does not hold 420 litres of coolant [1].'],
    ["Operators don't inspect the pump every 14 days [1]."],
    ['The vessel holds 420 litres of coolant, never inspected by Mayor Wilkins [1].'],
    ['Operators inspect the pump every 14 days and report to Mayor Wilkins [1].'],
    ['Operators from Wilkinsburg inspect the pump every 14 days [1].'],
    ['Operators inspect the pump every 14 days, which was invented in Norway [1].'],
  ])('flags negations and additions: %s', async (answer) => {
    expect(await checkSupport(answer, passages, embedder)).toHaveLength(1);
  });

  it('recognizes a negation in the source', async () => {
    const negative = [
      { ...passages[0], text: 'The pump is not inspected in winter, but the vessel is inspected.' } as Passage,
    ];
    expect(await checkSupport('The pump is not inspected in winter [1].', negative, embedder)).toEqual([]);
    expect(await checkSupport('The pump is inspected in winter [1].', negative, embedder)).toHaveLength(1);
    expect(await checkSupport('The vessel is inspected, they say [1].', negative, embedder)).toEqual([]);
  });

  it('flags a sentence about something else', async () => {
    const flags = await checkSupport('Penguins breed on Antarctic ice shelves during winter.', passages, embedder);
    expect(flags).toHaveLength(1);
  });

  it('compares names and numbers of a sentence in another language, and else its meaning', async () => {
    const german = 'Der Behälter fasst 420 Liter und die Pumpe wird von der Firma alle 14 Tage geprüft.';
    expect(await checkSupport(german, passages, embedder)).toEqual([]);
    expect(await checkSupport(german.replace('14', '15'), passages, embedder)).toHaveLength(1);
    expect(await checkSupport('Der Behälter ist von der Firma und steht im Keller.', passages, embedder)).toHaveLength(
      1,
    );
  });

  it('compares names as a whole', async () => {
    const source = passages.map((passage) => ({
      ...passage,
      text: 'The contract of MacDonald names Model3 and Corp28.',
    }));
    const isFlagged = async (sentence: string) => (await checkSupport(sentence, source, embedder)).length > 0;
    expect(await isFlagged('The contract names Corp28.')).toBe(false);
    expect(await isFlagged('It is the contract of MacDonald.')).toBe(false);
    expect(await isFlagged('The contract that was signed names the Corp29.')).toBe(true);
    expect(await isFlagged('It is the contract of MacArthur.')).toBe(true);
  });

  it('flags nothing if there is nothing to compare with', async () => {
    expect(await checkSupport('Anything at all can be said here.', [], embedder)).toEqual([]);
  });
});
