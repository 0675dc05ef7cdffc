import { describe, expect, it } from 'vitest';
import { findPassage } from './find-passage.ts';

const found = (page: string, passage: string) =>
  findPassage(page, passage).map(({ start, end }) => page.slice(start, end));

describe('finding a passage on a page', () => {
  it('ignores spacing, hyphenation, ligatures and case', () => {
    const page = 'The of-\nfi ce opens at nine. It closes  at five.';
    expect(found(page, 'The oﬃce opens at nine.')).toEqual(['The of-\nfi ce opens at nine.']);
  });

  it('finds lines in another order', () => {
    const page = 'Right column of the page here. Left column comes second here.';
    const passage = 'Left column comes second here.\nRight column of the page here.';
    expect(found(page, passage).join(' ')).toBe('Right column of the page here. Left column comes second here.');
  });

  it('finds the cells of a table row', () => {
    expect(
      found('Item\nPrice\nNotebook large squared\n4.20\nPencil soft black\n0.90', '| Notebook large squared | 4.20 |'),
    ).toEqual(['Notebook large squared\n4.20']);
  });

  it('finds the part that is on this page', () => {
    const page = 'and this sentence ends on the second page. More text follows.';
    const passage = 'It starts on the first page with many words and this sentence ends on the second page.';
    expect(found(page, passage).join(' ')).toContain('ends on the second page.');
  });

  it('takes a repeated line near the others', () => {
    const page = `Total amount due today ${'x'.repeat(300)} Invoice 4711 of Ada Lovelace Total amount due today 12.50`;
    const ranges = findPassage(page, 'Invoice 4711 of Ada Lovelace\nTotal amount due today');
    expect(ranges.length).toBe(1);
    expect(ranges[0]?.start).toBeGreaterThan(300);
  });

  it('finds nothing in other text', () => {
    expect(findPassage('Something else entirely', 'Opening hours of the office')).toEqual([]);
    expect(findPassage('', 'x')).toEqual([]);
    expect(findPassage('x', '')).toEqual([]);
  });

  it('keeps astral characters whole', () => {
    expect(found('a 😀 b', '😀')).toEqual(['😀']);
  });
});
