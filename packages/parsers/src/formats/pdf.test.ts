import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse } from '../testing/parse.ts';
import { type PdfTextLine as Line, writePdf as pdf } from '../testing/pdf-file.ts';

const prose = (x: number, from: number, words: string[]): Line[] =>
  words.map((text, index) => [x, from - index * 12, 10, text]);

describe('pdf', () => {
  it('joins lines to paragraphs, removes hyphenation and finds headings and pages', async () => {
    const document = await parse(
      pdf([
        [
          [72, 720, 20, 'The Title'],
          ...prose(72, 690, ['This line goes on in an exam-', 'ple of hyphens and ends here with some more words.']),
          [72, 640, 10, 'Another paragraph.'],
        ],
        prose(72, 700, ['Second page.']),
      ]),
      'a.pdf',
    );
    expect(listBlocks(document, (block) => `${block.page} ${block.kind}`)).toEqual([
      '1 heading: The Title',
      '1 paragraph: This line goes on in an example of hyphens and ends here with some more words.',
      '1 paragraph: Another paragraph.',
      '2 paragraph: Second page.',
    ]);
    expect(document).toMatchObject({ pageCount: 2, title: 'The Title' });
  });

  it('reads columns in order, whatever the drawing order', async () => {
    const left = Array.from({ length: 8 }, (_, index) => `left column line number ${index} of the text`);
    const right = Array.from({ length: 8 }, (_, index) => `right column line number ${index} of the text`);
    const mixed = prose(72, 650, left).flatMap((line, index) => [line, prose(330, 650, right)[index] as Line]);
    const { text } = await parse(
      pdf([
        [[72, 720, 10, 'A line across the whole page that spans both of the columns, from one to the other'], ...mixed],
      ]),
      'a.pdf',
    );
    expect(text.indexOf('left column line number 7')).toBeLessThan(text.indexOf('right column line number 0'));
    expect(text.indexOf('A line across')).toBe(0);
  });

  it('reads tables row by row and keeps empty cells', async () => {
    const rows = [
      ['Code', 'Place', 'Sum'],
      ['A1', 'Ulm', '10'],
      ['B2', '', '20'],
      ['C3', 'Bonn', '30'],
    ];
    const lines = rows.flatMap((row, index) =>
      row.map((cell, column): Line => [72 + column * 150, 700 - index * 16, 10, cell]),
    );
    expect((await parse(pdf([lines.filter((line) => line[3] !== '')]), 'a.pdf')).text).toBe(
      'Code | Place | Sum\nA1 | Ulm | 10\nB2 | | 20\nC3 | Bonn | 30',
    );
  });

  it('does not search page numbers and repeated running heads', async () => {
    const pages = [1, 2, 3, 4].map((page): Line[] => [
      [72, 770, 9, 'Annual report'],
      [72, 400, 10, `Text of page ${page}.`],
      [300, 30, 9, `${page}`],
    ]);
    const document = await parse(pdf(pages), 'a.pdf');
    const searched = document.blocks.filter(({ excluded }) => !excluded);
    expect(searched.map(({ start, end }) => document.text.slice(start, end))).toEqual([
      'Annual report',
      'Text of page 1.',
      'Text of page 2.',
      'Text of page 3.',
      'Text of page 4.',
    ]);
    expect(document.text.match(/Annual report/g)).toHaveLength(4);
    expect(document.warnings).toEqual([
      '7 lines of running heads, running feet and page numbers are stored but not searched.',
    ]);
  });

  it('shows form values', async () => {
    const field =
      '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU (Full name) /V (Ann Lee) /Rect [0 0 100 20] >>';
    const document = await parse(pdf([[[72, 700, 10, 'Form']]], field, '/Annots [6 0 R]'), 'a.pdf');
    expect(document.text).toContain('Full name: Ann Lee');
  });

  it('distinguishes scans from empty pages', async () => {
    expect((await failureOf(parse(pdf([[]]), 'a.pdf'))).reason).toBe('empty');
    const scan = pdf(
      [[], []],
      '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /Length 0 >>\nstream\n\nendstream',
    );
    const failure = await failureOf(parse(scan, 'a.pdf'));
    expect(failure.reason).toBe('needs-ocr');
    expect(failure.message).toContain('2 pages');
  });
});
