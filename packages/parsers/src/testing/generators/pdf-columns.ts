import type { ParsedDocument } from '@lorebox/ports/parser';
import { type PdfTextLine, writePdf } from '../pdf-file.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

const SIZE = 9;
/** Width of a Helvetica letter of that size, on average in lines with many wide ones. */
const LETTER = 4.9;
const FILLER = 'the level of water rises with every tide and falls again when wind turns so that boats lie dry'.split(
  ' ',
);

interface Column {
  lines: PdfTextLine[];
  tokens: string[];
}

/**
 * Two columns of text, one of which also has a figure, a table or code. Everything in the left column comes before
 * everything in the right one.
 */
export const makePdfColumns: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const width = pickInteger(random, 210, 240);
  const right = 50 + width + pickInteger(random, 16, 30);
  const leading = SIZE * (1.15 + random() * 0.2);
  const special = pickOne(random, ['figure', 'table', 'code', 'none'] as const);
  const isLeft = random() < 0.5;
  const columns = [50, right].map((x, at): Column => {
    const column: Column = { lines: [], tokens: [] };
    const top = 740 - random() * 4;
    const specialFrom = pickInteger(random, 0, 15);
    const isSpecial = special !== 'none' && (at === 0) === isLeft;
    let y = top;
    let paragraph = pickInteger(random, 3, 12);
    for (let line = 0; line < 40; line++) {
      if (isSpecial && line === specialFrom) y = addSpecial(column, special, x, y, width, token, random);
      const word = token();
      column.tokens.push(word);
      const isLast = --paragraph === 0;
      column.lines.push([x, y, SIZE, fillLine(word, width, isLast, random)]);
      y -= leading * (isLast ? 1.6 : 1);
      if (isLast) paragraph = pickInteger(random, 3, 12);
    }
    return column;
  });
  const lines = columns.flatMap((column) => column.lines);
  // Programs draw a page in any order.
  if (random() < 0.5) lines.sort((a, b) => b[1] - a[1]);
  return {
    filename: 'columns.pdf',
    bytes: writePdf([lines]),
    tokens: columns.flatMap((column) => column.tokens),
    check: (document) => checkOrder(document, columns),
  };
};

function fillLine(word: string, width: number, isLast: boolean, random: () => number): string {
  let line = word;
  const limit = (isLast ? 0.4 : 0.97) * width;
  for (;;) {
    const next = pickOne(random, FILLER);
    if ((line.length + 1 + next.length) * LETTER > limit) return isLast ? `${line}.` : line;
    line += ` ${next}`;
  }
}

function addSpecial(
  column: Column,
  kind: 'figure' | 'table' | 'code',
  x: number,
  top: number,
  width: number,
  token: () => string,
  random: () => number,
): number {
  let y = top - 6;
  const rows = pickInteger(random, 4, 10);
  const step = SIZE * (1.1 + random() * 0.8);
  for (let row = 0; row < rows; row++) {
    const cells = kind === 'code' ? 1 : pickInteger(random, kind === 'table' ? 3 : 1, 3);
    for (let cell = 0; cell < cells; cell++) {
      const word = token();
      column.tokens.push(word);
      const indent = kind === 'code' ? (row % 3) * 12 : kind === 'figure' ? random() * 20 : 0;
      column.lines.push([x + indent + (cell * width) / 3, y, kind === 'figure' ? 7 : SIZE, word]);
    }
    y -= step;
  }
  return y - SIZE * 1.5;
}

/** The first words of a column are in its order, so the last of the left one is before the first of the right one. */
function checkOrder({ text }: ParsedDocument, [left, right]: Column[]): string[] {
  const lastLeft = Math.max(...(left?.tokens ?? []).map((token) => text.indexOf(token)));
  const late = (right?.tokens ?? []).filter((token) => text.indexOf(token) < lastLeft);
  return late.length === 0 ? [] : [`${late.length} lines of the right column before the end of the left one`];
}
