import { describe, expect, it } from 'vitest';
import { CitationFilter } from './citation-filter.ts';

/** Feeds the text in pieces of `size` characters, as a model might stream it. */
function filter(text: string, known: number[], size: number): string {
  const citations = new CitationFilter(new Set(known));
  let out = '';
  for (let i = 0; i < text.length; i += size) out += citations.push(text.slice(i, i + size));
  return out + citations.finish();
}

describe('CitationFilter', () => {
  const cases: [string, number[], string][] = [
    ['Water boils at 100 °C [1].', [1], 'Water boils at 100 °C [1].'],
    ['It is so [1, 3] and [2].', [1, 2], 'It is so [1] and [2].'],
    ['Nobody said that [7].', [1], 'Nobody said that.'],
    ['A range [1-3] here', [1, 2, 3], 'A range [1][2][3] here'],
    ['Wide brackets 【2】 too', [2], 'Wide brackets [2] too'],
    ['Named [Source 2] ones', [2], 'Named [2] ones'],
    ['An array a[i] and [see below] stay', [1], 'An array a[i] and [see below] stay'],
    ['Open [1', [1], 'Open [1'],
    ['[1] first', [1], '[1] first'],
    ['a [ b ] c', [1], 'a [ b ] c'],
    ['', [1], ''],
    ['Ends with space ', [1], 'Ends with space '],
    ['[[1]] nested', [1], '[[1]] nested'],
  ];
  for (const size of [1, 2, 3, 7, 100]) {
    it(`returns the same in pieces of ${size}`, () => {
      for (const [text, known, expected] of cases) expect(filter(text, known, size)).toBe(expected);
    });
  }

  it('holds back no more than the length of a marker', () => {
    const citations = new CitationFilter(new Set([1]));
    const text = `[${'x'.repeat(500)}`;
    expect(citations.push(text)).toBe(text);
  });
});
