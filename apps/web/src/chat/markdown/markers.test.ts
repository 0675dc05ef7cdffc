import { describe, expect, it } from 'vitest';
import { decodeMarkers, encodeMarkers, splitMarkers } from './markers.ts';

const known = new Set([1, 2]);

describe('citation markers', () => {
  it('are encoded if the answer has the citation, also in lists of numbers', () => {
    const parts = splitMarkers(encodeMarkers('It opens at 9 [1]. On Sunday [1, 2] not [7].', known));
    expect(parts).toEqual([
      { type: 'text', text: 'It opens at 9 ' },
      { type: 'cite', numbers: [1] },
      { type: 'text', text: '. On Sunday ' },
      { type: 'cite', numbers: [1, 2] },
      { type: 'text', text: ' not [7].' },
    ]);
  });

  it('come back unchanged in code', () => {
    const text = 'a[1] = b[2]; c[9]';
    expect(decodeMarkers(encodeMarkers(text, known))).toBe(text);
  });

  it('can’t be forged with private-use characters', () => {
    expect(splitMarkers(encodeMarkers('x \uE0001\uE001 \uE0020\uE003', known))).toEqual([
      { type: 'text', text: 'x  1   0 ' },
    ]);
  });
});

it('flags stand behind the unsupported sentence', () => {
  const text = 'Right [1]. Wrong. Right.';
  const end = text.indexOf('Wrong.') + 'Wrong.'.length;
  const parts = splitMarkers(encodeMarkers(text, known, [{ start: 11, end, support: 0 }]));
  expect(parts.slice(-2)).toEqual([
    { type: 'flag', index: 0 },
    { type: 'text', text: ' Right.' },
  ]);
});
