import type { ParsedDocument } from '@lorebox/ports/parser';
import { type PdfTextLine, writePdf } from '../pdf-file.ts';
import { listRows } from '../read-case.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

const SIZE = 9;
const LEADING = 11;
const LETTER = 5;
const LEFT = 60;

/**
 * Tables without lines whose headings cover several columns, and whose keys are at the top, in the middle or at the end
 * of the lines beside them.
 */
export const makePdfSpanningTables: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const groups = pickInteger(random, 2, 3);
  // Cells in more columns would be as close as words.
  const perGroup = groups === 3 ? 2 : pickInteger(random, 2, 3);
  const width = 1 + groups * perGroup;
  const step = 480 / width;
  const align = pickOne(random, ['top', 'middle'] as const);
  const lines: PdfTextLine[] = [];
  const put = (column: number, y: number, text: string) => lines.push([LEFT + column * step, y, SIZE, text]);
  const heads = Array.from({ length: groups }, () => token());
  let y = 700;
  for (const [at, head] of heads.entries()) {
    // Centered over its columns.
    const center = LEFT + (1 + at * perGroup) * step + ((perGroup - 1) * step + LETTER * 7) / 2;
    lines.push([center - (head.length * LETTER) / 2, y, SIZE, head]);
  }
  y -= LEADING + 3;
  const names = Array.from({ length: width }, () => token());
  for (const [column, name] of names.entries()) put(column, y, name);
  y -= LEADING + 6;
  const rows: string[][] = [];
  for (let row = 0; row < pickInteger(random, 4, 8); row++) {
    const wrapped = random() < 0.4 ? pickInteger(random, 1, width - 1) : 0;
    const height = wrapped > 0 ? 3 : 1;
    const center = align === 'middle' ? y - ((height - 1) * LEADING) / 2 : y;
    rows.push(
      Array.from({ length: width }, (_, column) => {
        if (column !== wrapped || column === 0) {
          const word = token();
          put(column, center, word);
          return word;
        }
        const words = Array.from({ length: height }, () => token());
        for (const [at, word] of words.entries()) put(column, y - at * LEADING, word);
        return words.join(' ');
      }),
    );
    y -= height * LEADING + 6;
  }
  return {
    filename: 'table.pdf',
    bytes: writePdf([[[LEFT, 740, 14, 'Table of the store'], ...lines]]),
    tokens: [...heads, ...names, ...rows.flat().flatMap((cell) => cell.split(' '))],
    check: (document) => check(document, { heads, names, rows, perGroup }),
  };
};

interface Expected {
  heads: string[];
  names: string[];
  rows: string[][];
  perGroup: number;
}

function check(document: ParsedDocument, { heads, names, rows, perGroup }: Expected): string[] {
  const found = listRows(document);
  const faults = [names, ...rows]
    .filter((row) => !found.some((cells) => cells.join('|') === row.join('|')))
    .map((row) => `no row ${row.join(' | ')}`);
  const top = ['', ...heads.flatMap((head) => Array.from({ length: perGroup }, () => head))].join('|');
  if (!found.some((cells) => cells.join('|') === top)) faults.push(`no heading ${top}`);
  return faults;
}
