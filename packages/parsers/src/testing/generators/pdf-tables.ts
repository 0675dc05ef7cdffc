import type { ParsedDocument } from '@lorebox/ports/parser';
import { type PdfTextLine, writePdf } from '../pdf-file.ts';
import { listRows } from '../read-case.ts';
import { createTokens, type DocumentGenerator, pickInteger } from './document-generator.ts';

const SIZE = 9;
const LEADING = 11;

/** A table with wrapped and empty cells: each row of the text has the cells of one row of the page. */
export const makePdfTables: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const width = pickInteger(random, 2, 5);
  const height = pickInteger(random, 4, 14);
  const padding = pickInteger(random, 4, 12);
  const step = 500 / width;
  const rows: string[][] = [];
  const lines: PdfTextLine[] = [[60, 740, 14, 'List of the store']];
  let y = 700;
  for (let row = 0; row < height; row++) {
    const cells: string[] = [];
    let most = 1;
    for (let column = 0; column < width; column++) {
      // The first column tells the rows apart, the others may be empty.
      const isEmpty = row > 0 && column > 0 && column < width - 1 && random() < 0.15;
      const count = isEmpty ? 0 : row === 0 || column === 0 ? 1 : random() < 0.3 ? pickInteger(random, 2, 3) : 1;
      const words = Array.from({ length: count }, () => token());
      for (const [at, word] of words.entries()) lines.push([60 + column * step, y - at * LEADING, SIZE, word]);
      most = Math.max(most, count);
      cells.push(words.join(' '));
    }
    rows.push(cells);
    y -= most * LEADING + padding;
  }
  return {
    filename: 'table.pdf',
    bytes: writePdf([lines]),
    tokens: rows.flat().flatMap((cell) => cell.split(' ').filter(Boolean)),
    check: (document) => checkRows(document, rows),
  };
};

function checkRows(document: ParsedDocument, rows: readonly string[][]): string[] {
  const found = listRows(document).map((cells) => cells.join('|'));
  return rows
    .map((cells) => cells.join('|'))
    .filter((row) => !found.includes(row))
    .map((row) => `no row ${row}`);
}
