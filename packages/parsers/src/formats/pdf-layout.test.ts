import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';
import { type PdfTextLine, writePdf } from '../testing/pdf-file.ts';
import { listRows } from '../testing/read-case.ts';

const LINE = 'This is a line of running text that fills the width of the page, more or less to the end';
const prose = (from: number): PdfTextLine[] => Array.from({ length: 6 }, (_, i) => [60, from - i * 12, 10, LINE]);
/** Position of a number that ends at x. */
const endAt = (x: number, text: string) => x - text.length * 4.6;

describe('layout of PDFs', () => {
  it('keeps years, currencies and brackets of a financial statement in their columns', async () => {
    const rows = [
      ['Net sales', '394,328', '365,817'],
      ['Cost of sales', '223,546', '(12,981'],
      ['Gross margin', '170,782', '152,836'],
    ];
    const lines: PdfTextLine[] = [
      [345, 686, 9, '2022'],
      [445, 686, 9, '2021'],
    ];
    for (const [at, [label = '', first = '', second = '']] of rows.entries()) {
      const y = 670 - at * 13;
      lines.push([60, y, 9, label], [endAt(370, first), y, 9, first], [endAt(470, second), y, 9, second]);
      if (at === 0) lines.push([310, y, 9, '$'], [410, y, 9, '$']);
      if (second.startsWith('(')) lines.push([473, y, 9, ')']);
    }
    expect(listRows(await parse(writePdf([lines]), 'a.pdf'))).toEqual([
      ['', '2022', '2021'],
      ['Net sales', '$ 394,328', '$ 365,817'],
      ['Cost of sales', '223,546', '(12,981)'],
      ['Gross margin', '170,782', '152,836'],
    ]);
  });

  it('reads names and values row by row, also if both are long', async () => {
    const pairs: [string, string][] = [
      ['Maximum operating temperature', '85 degrees measured at the case of it'],
      ['Minimum operating temperature', '20 degrees measured at the case of it'],
      ['Voltage of the supply at start', '24 volts direct current from mains'],
      ['Weight of the whole assembly', '12 kilograms without the mounting'],
      ['Colour of the housing outside', 'grey or on request also in white'],
      ['Protection against the water', 'class 67 after the standard of it'],
    ];
    const lines = pairs.flatMap(([name, value], at): PdfTextLine[] => [
      [60, 700 - at * 14, 10, name],
      [260, 700 - at * 14, 10, value],
    ]);
    expect(listRows(await parse(writePdf([lines]), 'a.pdf'))).toEqual(pairs);
  });

  it('finds numbered headings in letters of the same size, but no list items', async () => {
    const document = await parse(
      writePdf([
        [
          [60, 720, 10, '1 Introduction'],
          ...prose(700),
          [60, 600, 10, '1. Open the valve'],
          [60, 588, 10, '2. Close the valve'],
          [60, 560, 10, '2 Methods'],
          ...prose(540),
        ],
      ]),
      'a.pdf',
    );
    const headings = listBlocks(document).filter((block) => block.startsWith('heading'));
    expect(headings).toEqual(['heading: 1 Introduction', 'heading: 2 Methods']);
  });

  it('does not take one line of large letters in a long document for a heading of the rest', async () => {
    const pages = Array.from({ length: 12 }, (_, page): PdfTextLine[] => [
      ...(page === 0 ? [[60, 740, 24, 'UNITED STATES'] as PdfTextLine] : []),
      ...prose(700),
    ]);
    const document = await parse(writePdf(pages), 'a.pdf');
    expect(document.blocks.some(({ kind }) => kind === 'heading')).toBe(false);
    expect(document.title).toBe('UNITED STATES');
  });

  it.each([
    ['Microsoft Word - draft7.doc', 'Harbor rules'],
    ['report.indd', 'Harbor rules'],
    ['Untitled', 'Harbor rules'],
    ['Template of the company', 'Harbor rules'],
    ['Rules of the harbor', 'Rules of the harbor'],
  ])('title %s', async (title, expected) => {
    const info = `<< /Title (${title}) >>`;
    const bytes = Buffer.from(writePdf([[[60, 740, 24, 'Harbor rules'], ...prose(700)]], info));
    const file = bytes.toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Info 6 0 R');
    expect((await parse(Buffer.from(file, 'latin1'), 'a.pdf')).title).toBe(expected);
  });
});
