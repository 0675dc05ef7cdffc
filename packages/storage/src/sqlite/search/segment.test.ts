import { describe, expect, it } from 'vitest';
import { queryTerms, toMatchExpression, toPhraseExpression } from './query-terms.ts';
import { segmentForIndex } from './segment.ts';

const terms = (query: string) => queryTerms(query).map(({ text, prefix }) => (prefix ? `${text}*` : text));

describe('segment', () => {
  it('splits scripts without spaces into pairs and leaves other text unchanged', () => {
    expect(segmentForIndex('東京都へ go').trim().split(/\s+/)).toEqual(['东京', '京都', '都へ', 'go']);
    expect(segmentForIndex('plain text')).toBe('plain text');
  });
  it('queries pairs, and a single character as a prefix', () => {
    expect(terms('東京')).toEqual(['东京']);
    expect(terms('水')).toEqual(['水*']);
  });
  it('drops function words unless there are no other words', () => {
    expect(terms('What is the boiling point of water?')).toEqual(['boiling', 'point', 'water']);
    expect(terms('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
  });
  it('also keeps part numbers together', () => {
    const found = terms('order SPARSE-2024-INV-1234');
    expect(found.slice(0, 6)).toEqual(['sparse 2024 inv 1234', 'order', 'sparse', '2024', 'inv', '1234']);
    expect(found).toContain('sparse2024inv1234');
  });
  it('counts repeated words of long questions, up to a limit', () => {
    expect(toMatchExpression(queryTerms('pump valve pump'))).toBe('"pump" OR "valve"');
    expect(toMatchExpression(queryTerms(`${'pump '.repeat(70)} valve`))).toBe('"pump" OR "pump" OR "pump" OR "valve"');
  });
  it.each([
    ['Sarah Martinez', '"sarah martinez"'],
    ['Exhibit 2.3.59-117', '"exhibit 2 3 59 117"'],
    ['15,50 €', '"15 50"'],
    ['4012', '"4012"'],
    ['What does "resume our normal programming" mean?', '"resume our normal programming"'],
    ['“one two” or «three four» or „fünf sechs“', '"one two" OR "three four" OR "fünf sechs"'],
    ['say "lighthouse"', '"lighthouse"'],
    ['東京都', '"东京 京都"'],
    ['a" OR NEAR(x) * ^ {} :', '"a or near x"'],
    ['lighthouse', null],
    ['', null],
    ['""', null],
    ['one two three four five six seven eight nine ten eleven twelve thirteen', null],
  ])('searches short or quoted queries verbatim: %s', (query, expression) => {
    expect(toPhraseExpression(query)).toBe(expression);
  });
  it('returns an expression that no query can break out of', () => {
    expect(toMatchExpression(queryTerms('a" OR NEAR(x) * ^ {} :'))).toBe('"near" OR "x"');
    expect(toMatchExpression(queryTerms('?!'))).toBeNull();
  });
});
