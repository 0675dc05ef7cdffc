import type { Chunk } from '@lorebox/contract/document';
import { describe, expect, it } from 'vitest';
import { expandPassages } from './expand-passages.ts';
import type { Passage } from './passage.ts';

const UNTIMED = { startTime: null, endTime: null };
const TEXT = Array.from({ length: 40 }, (_, i) => `Sentence number ${i} tells of hall ${i}.`).join(' ');
/** Chunks of four sentences, ten per page. */
const CHUNKS: Chunk[] = Array.from({ length: 10 }, (_, ordinal) => {
  const start = TEXT.indexOf(`Sentence number ${ordinal * 4} `);
  const next = TEXT.indexOf(`Sentence number ${ordinal * 4 + 4} `);
  const end = next < 0 ? TEXT.length : next - 1;
  const about = { id: `doc.1.${ordinal}`, documentId: 'doc', ordinal, page: null, section: null, ...UNTIMED };
  return { ...about, start, end, excluded: false, corrected: false, tokens: 40, text: TEXT.slice(start, end) };
});
function documentsWith(pageOf: (chunk: Chunk) => number | null) {
  return {
    readText: async (_id: string, start: number, end: number) => ({
      text: TEXT.slice(start, end),
      length: TEXT.length,
    }),
    async listChunks(_id: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const items = CHUNKS.filter(({ ordinal }) => ordinal > Number(cursor)).slice(0, limit);
      return { items: items.map((chunk) => ({ ...chunk, page: pageOf(chunk) })), nextCursor: null };
    },
  };
}
const documents = documentsWith(() => null);

const countTokens = (text: string) => Math.ceil(text.length / 4);

function passage(n: number, sentence: number, documentId = 'doc'): Passage {
  const text = `Sentence number ${sentence} tells of hall ${sentence}.`;
  const start = TEXT.indexOf(text);
  const about = {
    chunkId: `doc.1.${Math.floor(sentence / 4)}`,
    documentId,
    externalId: null,
    title: '',
    filename: '',
    page: null,
    section: null,
  };
  return { n, ...about, ...UNTIMED, start, end: start + text.length, text, score: 1 };
}

describe('expandSources', () => {
  it('adds whole sentences on both sides, and keeps text and range together', async () => {
    const [wider] = await expandPassages(documents, [passage(1, 20)], 200, countTokens);
    expect(wider?.text).toBe(TEXT.slice(wider?.start, wider?.end));
    expect(wider?.text).toMatch(/^Sentence number 1\d .*hall 2\d\.$/);
    expect(wider?.text).toContain('Sentence number 20 tells');
  });

  it('expands the best first, never overlaps, and stays within its tokens', async () => {
    const passages = [passage(1, 10), passage(2, 12)];
    const [first, second] = await expandPassages(documents, passages, 2000, countTokens);
    expect(first?.end).toBeLessThanOrEqual(second?.start ?? 0);
    expect(await expandPassages(documents, passages, 10, countTokens)).toEqual(passages);
    const tight = await expandPassages(documents, [passage(1, 10), passage(2, 30)], 100, countTokens);
    expect(tight[0]?.text.length).toBeGreaterThan(passages[0]?.text.length ?? 0);
  });

  it('stays on its page', async () => {
    const paged = documentsWith(({ ordinal }) => Math.floor(ordinal / 2) + 1);
    const onPage = { ...passage(1, 10), page: 2 };
    const [wider] = await expandPassages(paged, [onPage], 2000, countTokens);
    expect(wider?.text).toMatch(/^Sentence number 8 .*hall 15\.$/);
  });

  it('stops at the ends of the document, and skips a source without text', async () => {
    const [wider] = await expandPassages(documents, [passage(1, 0)], 500, countTokens);
    expect(wider?.start).toBe(0);
    const gone = { ...documents, readText: async () => null };
    expect(await expandPassages(gone, [passage(1, 5)], 500, countTokens)).toEqual([passage(1, 5)]);
  });
});
