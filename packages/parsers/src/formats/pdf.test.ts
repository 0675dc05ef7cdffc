import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse } from '../testing/parse.ts';

type Line = [x: number, y: number, size: number, text: string];

/** Builds a PDF with Helvetica lines and a correct cross-reference table. */
function pdf(pages: Line[][], extra = '', pageExtra = ''): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (const [index, lines] of pages.entries()) {
    const content = lines.map(([x, y, size, text]) => `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`).join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R ${pageExtra} >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  if (extra) objects.push(extra);
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

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

  it('drops page numbers and repeated running heads', async () => {
    const pages = [1, 2, 3, 4].map((page): Line[] => [
      [72, 770, 9, 'Annual report'],
      [72, 400, 10, `Text of page ${page}.`],
      [300, 30, 9, `${page}`],
    ]);
    expect((await parse(pdf(pages), 'a.pdf')).text).toBe(
      'Annual report\n\nText of page 1.\n\nText of page 2.\n\nText of page 3.\n\nText of page 4.',
    );
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
