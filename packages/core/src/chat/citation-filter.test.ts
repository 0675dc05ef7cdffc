import { createRandom, testSeed } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { type AnswerPart, CitationFilter } from './citation-filter.ts';

function join(parts: AnswerPart[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : part.space + part.numbers.map((n) => `[${n}]`).join('')))
    .join('');
}

/** Feeds the text in pieces of `size` characters, as a model might stream it. */
function filter(text: string, known: number[], size: number): string {
  const citations = new CitationFilter(new Set(known));
  let out = '';
  for (let i = 0; i < text.length; i += size) out += join(citations.push(text.slice(i, i + size)));
  return out + join(citations.finish());
}

const MARKERS: [string, number[], string][] = [
  ['Water boils at 100 °C [1].', [1], 'Water boils at 100 °C [1].'],
  ['It is so [1, 3] and [2].', [1, 2], 'It is so [1] and [2].'],
  ['Nobody said that [7].', [1], 'Nobody said that.'],
  ['A range [1-3] here', [1, 2, 3], 'A range [1][2][3] here'],
  ['Wide brackets 【2】 too', [2], 'Wide brackets [2] too'],
  ['Wide brackets ［2］ too', [2], 'Wide brackets [2] too'],
  ['Named [Source 2] ones', [2], 'Named [2] ones'],
  ['Both [1 and 2].', [1, 2], 'Both [1][2].'],
  ['Beide [1 und 2].', [1, 2], 'Beide [1][2].'],
  ['Les deux [1 et 2], los dos [1 y 2].', [1, 2], 'Les deux [1][2], los dos [1][2].'],
  ['二者[1和2]。', [1, 2], '二者[1][2]。'],
  ['両方［1と2］。', [1, 2], '両方[1][2]。'],
  ['It is so (1).', [1], 'It is so [1].'],
  ['It is so.(1) And more. (2)', [1, 2], 'It is so.[1] And more. [2]'],
  ['It is so (Source 1).', [1], 'It is so [1].'],
  ['It is so (Sources 1 and 2).', [1, 2], 'It is so [1][2].'],
  ['According to Source 1, it is so.', [1], 'According to [1], it is so.'],
  ['Source 2 says so.', [2], '[2] says so.'],
  ['Sources 1 and 2 agree.', [1, 2], '[1][2] agree.'],
  ['Laut Quelle 1 ist es so.', [1], 'Laut [1] ist es so.'],
  ['根据来源1，水会沸腾。', [1], '根据[1]，水会沸腾。'],
  ['It is so [Doc 1].', [1], 'It is so [1].'],
  ['It is so [#1].', [1], 'It is so [1].'],
  ['It is so [Source 1: Handbook of Pumps].', [1], 'It is so [1].'],
  ['It is so [Source 1, Source 2].', [1, 2], 'It is so [1][2].'],
  ['It is so [^1].', [1], 'It is so [1].'],
  ['It is so.¹ And so.¹² Also¹,².', [1, 2], 'It is so.[1] And so.[1][2] Also[1][2].'],
  ['14 euros¹ and 7 euros².', [1, 2], '14 euros[1] and 7 euros[2].'],
  ['It is so.<sup>1</sup> And<sup>1,2</sup>', [1, 2], 'It is so.[1] And[1][2]'],
  [
    'It is so [Quelle 1] [fuente 2] [источник 1] [المصدر 2] [स्रोत 1] [출처 2].',
    [1, 2],
    'It is so [1] [2] [1] [2] [1] [2].',
  ],
  ['Page given [1, p. 3].', [1], 'Page given [1].'],
  ['OpenAI style 【1†source】.', [1], 'OpenAI style [1].'],
  ['[1] first', [1], '[1] first'],
  ['[[1]] nested', [1], '[[1]] nested'],
  ['boils[1]. In 1874[1].', [1], 'boils[1]. In 1874[1].'],
];

const TEXTS = [
  'argv[0] and argv[1] and a[1] and items[2].name',
  'within [30 days] of [2024]',
  '/^[0-9]+$/ and [1-9]* and [1-9][0-9]*',
  'the list = [1, 2, 3] and x: [1, 2] and f([1, 2])',
  '{"list": [1], "pairs": [[1, 2], [1, 2]]}',
  'a link [1](https://example.com) or [1] (https://example.com)',
  '[1]: https://example.com',
  '- [ ] open\n- [x] done',
  'Run `argv [1]` or `` a ` [1] `` now.',
  '```js\nconst a = b [1];\nSource 1\n```',
  '~~~\nIt is so [1].\n~~~',
  'The area is 5 m² or 10³ or x² or 20 km² or 20 metres² or meters per second².',
  '$$ a [1] $$ and \\( f [1] \\) and \\sqrt[1]{x}',
  'See Figure (1). See Section (2). Three (1) of them. Step (1): go.',
  '(1) First do this. (2) Then that.',
  'They must (1) pay and (2) leave.',
  'f(1) and open source 1 and power source 2 and Source 1.5',
  'An array a[i] and [see below] stay',
  'Open [1',
  'a [ b ] c',
  '',
  'Ends with space ',
  'Source',
  'E = mc², CO²',
  '10<sup>1</sup> and m<sup>2</sup>',
];

describe('CitationFilter', () => {
  for (const size of [1, 2, 3, 7, 1000]) {
    it(`finds markers in pieces of ${size}`, () => {
      for (const [text, known, expected] of MARKERS) expect(filter(text, known, size)).toBe(expected);
    });

    it(`leaves everything else in pieces of ${size}`, () => {
      for (const text of TEXTS) expect(filter(text, [1, 2, 3], size)).toBe(text);
    });
  }

  it('returns the same however the text is cut', () => {
    const random = createRandom(testSeed(11));
    const pieces = [
      ...MARKERS.map(([text]) => text),
      ...TEXTS,
      ' ',
      '\n',
      '\n\n',
      '`',
      '```',
      '[',
      '(',
      'word ',
      '1',
      '. ',
    ];
    for (let run = 0; run < 2000; run += 1) {
      const text = Array.from({ length: 6 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const citations = new CitationFilter(new Set([1, 2]));
      let out = '';
      for (let at = 0; at < text.length; ) {
        const size = 1 + Math.floor(random() * 12);
        out += join(citations.push(text.slice(at, at + size)));
        at += size;
      }
      out += join(citations.finish());
      expect(out, JSON.stringify(text)).toBe(filter(text, [1, 2], text.length || 1));
    }
  });

  it('leaves texts without markers byte for byte', () => {
    const random = createRandom(testSeed(12));
    const pieces = [
      'argv[0]',
      '[30 days]',
      '[0-9]+',
      '[2024]',
      ' = [1, 2, 3]',
      '`x [1]`',
      ' word',
      ' 1234',
      '. ',
      '\n',
      '(a)',
      '$5',
      '~',
      ' <b>',
      ' m²',
      ' [x]',
      ' [',
      '] ',
      ' sou',
      ' Quelle',
      '資',
    ];
    for (let run = 0; run < 2000; run += 1) {
      const text = Array.from({ length: 10 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      expect(filter(text, [1, 2, 3], 1 + Math.floor(random() * 9)), JSON.stringify(text)).toBe(text);
    }
  });

  it('holds back no more than the length of a marker', () => {
    const citations = new CitationFilter(new Set([1]));
    const text = `[${'x'.repeat(500)}`;
    expect(join(citations.push(text))).toBe(text);
  });
});
