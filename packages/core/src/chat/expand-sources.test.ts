import type { Source } from '@lorebox/contract/chat';
import type { Chunk } from '@lorebox/contract/document';
import { describe, expect, it } from 'vitest';
import { expandSources } from './expand-sources.ts';

const UNTIMED = { startTime: null, endTime: null };
const TEXT = Array.from({ length: 40 }, (_, i) => `Sentence number ${i} tells of hall ${i}.`).join(' ');
/** Chunks of four sentences; a page has ten of them. */
const CHUNKS: Chunk[] = Array.from({ length: 10 }, (_, ordinal) => {
  const start = TEXT.indexOf(`Sentence number ${ordinal * 4} `);
  const next = TEXT.indexOf(`Sentence number ${ordinal * 4 + 4} `);
  const end = next < 0 ? TEXT.length : next - 1;
  const about = { id: `doc.1.${ordinal}`, documentId: 'doc', ordinal, page: null, section: null, ...UNTIMED };
  return { ...about, start, end, tokens: 40, text: TEXT.slice(start, end) };
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

function source(n: number, sentence: number, documentId = 'doc'): Source {
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
    const [wider] = await expandSources(documents, [source(1, 20)], 200);
    expect(wider?.text).toBe(TEXT.slice(wider?.start, wider?.end));
    expect(wider?.text).toMatch(/^Sentence number 1\d .*hall 2\d\.$/);
    expect(wider?.text).toContain('Sentence number 20 tells');
  });

  it('serves the best first, never overlaps, and stays within its tokens', async () => {
    const sources = [source(1, 10), source(2, 12)];
    const [first, second] = await expandSources(documents, sources, 2000);
    expect(first?.end).toBeLessThanOrEqual(second?.start ?? 0);
    expect(await expandSources(documents, sources, 10)).toEqual(sources);
    const tight = await expandSources(documents, [source(1, 10), source(2, 30)], 100);
    expect(tight[0]?.text.length).toBeGreaterThan(sources[0]?.text.length ?? 0);
  });

  it('stays on its page', async () => {
    const paged = documentsWith(({ ordinal }) => Math.floor(ordinal / 2) + 1);
    const onPage = { ...source(1, 10), page: 2 };
    const [wider] = await expandSources(paged, [onPage], 2000);
    expect(wider?.text).toMatch(/^Sentence number 8 .*hall 15\.$/);
  });

  it('stops at the ends of the document, and leaves a source whose text is gone', async () => {
    const [wider] = await expandSources(documents, [source(1, 0)], 500);
    expect(wider?.start).toBe(0);
    const gone = { ...documents, readText: async () => null };
    expect(await expandSources(gone, [source(1, 5)], 500)).toEqual([source(1, 5)]);
  });
});
