import { describe, expect, it } from 'vitest';
import { joinSigns } from './join-signs.ts';

describe('joinSigns', () => {
  it.each([
    [
      ['Net', '$', '1,234', '', '$', '(56', ')'],
      ['Net', '', '$1,234', '', '', '$(56)', ''],
    ],
    [
      ['Margin', '', '12.5', '%', '', '(3', ')%'],
      ['Margin', '', '12.5%', '', '', '(3)%', ''],
    ],
    [
      ['Tax', '$', '—', ''],
      ['Tax', '', '$—', ''],
    ],
    [
      ['$', 'Price', '%', ')'],
      ['$', 'Price', '%', ')'],
    ],
    [
      ['a', '(', 'b', ')'],
      ['a', '(', 'b', ')'],
    ],
  ])('%j', (cells, joined) => {
    expect(joinSigns(cells)).toEqual(joined);
  });
});
