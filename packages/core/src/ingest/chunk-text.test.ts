import type { ParsedBlock } from '@lorebox/ports/parser';
import { describe, expect, it } from 'vitest';
import { chunkText } from './chunk-text.ts';

/** A word is one token, a very long word several: a minimal tokenizer for splitting. */
const countTokens = (text: string) => (text.match(/\S{1,10}/g) ?? []).length;
const options = { maxTokens: 50, countTokens };
const words = (n: number, word = 'word') => Array.from({ length: n }, (_, i) => `${word}${i % 10}`).join(' ');

function expectSound(text: string, blocks: ParsedBlock[] | null) {
  const chunks = chunkText(text, blocks, options);
  let end = 0;
  for (const chunk of chunks) {
    expect(chunk.start).toBeGreaterThanOrEqual(end);
    expect(text.slice(end, chunk.start).trim()).toBe('');
    const piece = text.slice(chunk.start, chunk.end);
    expect(piece).toBe(piece.trim());
    expect(countTokens(piece)).toBeLessThanOrEqual(options.maxTokens);
    end = chunk.end;
  }
  expect(text.slice(end).trim()).toBe('');
  return chunks;
}

describe('chunkText', () => {
  it('covers all text without overlaps and within bounds, for any text', () => {
    const texts = [
      'one',
      words(1000),
      `${words(30)}.\n\n${words(45)}. ${words(80)}.\n\n\n${words(3)}`,
      'x'.repeat(5000),
      '漢字'.repeat(800),
      `${'a '.repeat(300)}${'é'.repeat(700)}\t\t\n${'😀'.repeat(300)}`,
      'No end. '.repeat(400),
    ];
    for (const text of texts) expectSound(text, null);
  });

  it('returns nothing for whitespace', () => {
    expect(chunkText(' \n\n\t ', null, options)).toEqual([]);
  });

  it('keeps paragraphs whole if they fit', () => {
    const text = [words(20, 'a'), words(20, 'b'), words(20, 'c')].join('\n\n');
    const chunks = expectSound(text, null);
    expect(chunks.map(({ start, end }) => text.slice(start, end))).toEqual([
      `${words(20, 'a')}\n\n${words(20, 'b')}`,
      words(20, 'c'),
    ]);
  });

  it('names the headings above a chunk', () => {
    const text = `# Guide\n\n${words(30)}\n\n## Setup\n\n${words(30)}\n\n## Use\n\n${words(30)}`;
    expect(expectSound(text, null).map(({ section }) => section)).toEqual(['Guide', 'Guide > Setup', 'Guide > Use']);
  });

  it('never crosses a page, and has its number', () => {
    const pages = [words(10), words(60), words(5)];
    let at = 0;
    const blocks = pages.map((page, i): ParsedBlock => {
      const block = { kind: 'paragraph', start: at, end: at + page.length, page: i + 1 } as const;
      at += page.length + 2;
      return block;
    });
    const chunks = expectSound(pages.join('\n\n'), blocks);
    expect(chunks.map(({ page }) => page)).toEqual([1, 2, 2, 3]);
  });

  it('repeats the header in every part of a long table', () => {
    const rows = ['Name | Age', ...Array.from({ length: 40 }, (_, i) => `Person${i} | ${i}`)];
    const text = rows.join('\n');
    let at = 0;
    const blocks = rows.map((row): ParsedBlock => {
      const block = { kind: 'table-row', start: at, end: at + row.length, page: 1, section: 'People' } as const;
      at += row.length + 1;
      return block;
    });
    const sections = expectSound(text, blocks).map(({ section }) => section);
    expect(sections.length).toBeGreaterThan(2);
    expect(sections[0]).toBe('People');
    expect(sections[1]).toBe('People > Name | Age');
  });

  it('leaves out excluded blocks, and keeps the offsets of the others', () => {
    const parts = ['Running head', words(10), '12', 'Running head', words(12), '13'];
    let at = 0;
    const blocks = parts.map((part, i): ParsedBlock => {
      const block: ParsedBlock = { kind: 'paragraph', start: at, end: at + part.length, page: i < 3 ? 1 : 2 };
      if (i % 3 !== 1) block.excluded = 'page-furniture';
      at += part.length + 2;
      return block;
    });
    const text = parts.join('\n\n');
    expect(chunkText(text, blocks, options).map(({ start, end }) => text.slice(start, end))).toEqual([
      words(10),
      words(12),
    ]);
  });

  it('never spans an excluded block', () => {
    const text = 'Visible one\nHidden\nVisible two';
    const blocks: ParsedBlock[] = [
      { kind: 'table-row', start: 0, end: 11 },
      { kind: 'table-row', start: 12, end: 18, excluded: 'navigation' },
      { kind: 'table-row', start: 19, end: 30 },
    ];
    const chunks = chunkText(text, blocks, options);
    expect(chunks.map(({ start, end }) => text.slice(start, end))).toEqual(['Visible one', 'Visible two']);
    expect(chunks[1]?.section).toBe('Visible one');
  });

  it('names a bookmark and its heading once', () => {
    const text = '2. STATION\n\nTrains stop here.';
    const blocks: ParsedBlock[] = [
      { kind: 'heading', level: 1, start: 0, end: 10, page: 2, section: 'Town > Station' },
      { kind: 'paragraph', start: 12, end: text.length, page: 2, section: 'Town > Station' },
    ];
    expect(chunkText(text, blocks, options).map(({ section }) => section)).toEqual(['Town > Station']);
  });
});
