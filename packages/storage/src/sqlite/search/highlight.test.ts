import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

const marked = (query: string, text: string) =>
  (highlight(query, [text])[0] ?? []).map(({ start, end }) => text.slice(start, end));

describe('highlight', () => {
  it('marks whole words that share a stem prefix with the query', () => {
    expect(marked('testing machines', 'We tested the Machine; contests are no match.')).toEqual(['tested', 'Machine']);
  });
  it('marks character pairs in scripts without spaces as one range', () => {
    expect(marked('東京都', '私は東京都に住む。京都ではない。')).toEqual(['東京都', '京都']);
  });
  it('returns nothing for a query without words', () => {
    expect(marked('?!', 'anything')).toEqual([]);
  });
  it('keeps offsets correct after characters that change length when folded', () => {
    expect(marked('straße', 'İstanbul: die Straße')).toEqual(['Straße']);
  });
});
