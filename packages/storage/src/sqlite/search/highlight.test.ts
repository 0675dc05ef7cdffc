import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

const marked = (query: string, text: string) =>
  (highlight(query, [text])[0] ?? []).map(({ start, end }) => text.slice(start, end));

describe('highlight', () => {
  it('marks words that begin like those of the query, whole', () => {
    expect(marked('testing machines', 'We tested the Machine; contests are no match.')).toEqual(['tested', 'Machine']);
  });
  it('marks pairs of characters in scripts without spaces as one range', () => {
    expect(marked('東京都', '私は東京都に住む。京都ではない。')).toEqual(['東京都', '京都']);
  });
  it('says nothing for a query without words', () => {
    expect(marked('?!', 'anything')).toEqual([]);
  });
  it('keeps offsets right behind characters that fold', () => {
    expect(marked('straße', 'İstanbul: die Straße')).toEqual(['Straße']);
  });
});
