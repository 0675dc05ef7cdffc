import type { ParsedDocument } from '@lorebox/ports/parser';
import type { PdfTextLine } from '../pdf-file.ts';
import { createTokens, pickInteger, pickOne } from './document-generator.ts';

/** Average width of a Helvetica letter, as a share of the size. */
const LETTER = 0.5;
const WORDS =
  'survey of small ports shows how the crews mend their nets while rain keeps every ship in and gulls wait on the roof of a shed'.split(
    ' ',
  );

/** What a column has beside paragraphs. */
export const INSERTS = ['list', 'equation', 'labels', 'listing', 'pairs', 'matrix', 'note', 'quote'] as const;
export type Insert = (typeof INSERTS)[number];

/** A page with known order: words that stand for its passages, as they are read. */
export interface PdfLayout {
  lines: PdfTextLine[];
  order: string[];
  insert: Insert;
  columns: number;
}

interface Cursor {
  x: number;
  width: number;
  y: number;
  size: number;
}

/** Draws pages with a title across, two or three columns of different widths, and inserts of many shapes. */
class LayoutPainter {
  readonly lines: PdfTextLine[] = [];
  readonly order: string[] = [];
  private readonly random: () => number;
  private readonly token: () => string;

  constructor(random: () => number) {
    this.random = random;
    this.token = createTokens(random);
  }

  /** Draws words from the left edge, beginning with one that is in the order. */
  line(at: Cursor, share = 1, indent = 0): void {
    const limit = Math.floor(((at.width - indent) * share) / (at.size * LETTER * 1.04));
    let text = this.word();
    for (;;) {
      const next = pickOne(this.random, WORDS);
      if (text.length + 1 + next.length > limit) break;
      text += ` ${next}`;
    }
    this.put(at.x + indent, at, text);
  }

  word(): string {
    const word = this.token();
    this.order.push(word);
    return word;
  }

  put(x: number, { y, size }: Cursor, text: string, isBold = false): void {
    this.lines.push([x, y, size, text, isBold]);
  }

  paragraph(at: Cursor, count: number): void {
    const leading = at.size * 1.2;
    for (let line = 0; line < count; line++) {
      this.line(at, line === count - 1 ? 0.5 : 1);
      at.y -= leading;
    }
    at.y -= at.size * 0.6;
  }

  insert(kind: Insert, at: Cursor): void {
    at.y -= at.size * 0.5;
    const step = at.size * 1.25;
    const rows = pickInteger(this.random, 3, 7);
    for (let row = 0; row < rows; row++) {
      this.insertRow(kind, at, row);
      at.y -= step;
    }
    at.y -= at.size;
  }

  private insertRow(kind: Insert, at: Cursor, row: number): void {
    const small = { ...at, size: at.size * 0.8 };
    if (kind === 'list') {
      this.put(at.x + 6, at, '\x95');
      this.line(at, 0.9, 16);
    } else if (kind === 'equation') {
      this.put(at.x + at.width * 0.3, at, `${this.word()} = x + ${row}`);
      this.put(at.x + at.width - 16, at, `(${row + 1})`);
    } else if (kind === 'labels') {
      const count = pickInteger(this.random, 1, 3);
      for (let label = 0; label < count; label++)
        this.put(at.x + (at.width * (label + this.random() * 0.3)) / count, small, this.word());
    } else if (kind === 'listing') {
      this.put(at.x, small, String(row + 10));
      this.put(at.x + 18 + (row % 4) * 10, small, `${this.word()}(a, b);`);
    } else if (kind === 'pairs') {
      this.put(at.x, at, this.word());
      this.put(at.x + at.width * 0.55, at, this.word());
    } else if (kind === 'matrix') {
      for (let cell = 0; cell < 4; cell++)
        this.put(
          at.x + (cell * at.width) / 4,
          small,
          cell === 0 ? this.word() : String(pickInteger(this.random, 10, 999)),
        );
    } else if (kind === 'note') this.line({ ...small, width: at.width }, 1);
    else this.line({ ...at, x: at.x + 20, width: at.width - 40 }, 1);
  }
}

export function makePdfLayout(random: () => number): PdfLayout {
  const painter = new LayoutPainter(random);
  const insert = pickOne(random, INSERTS);
  const size = pickInteger(random, 8, 10);
  const count = random() < 0.75 ? 2 : 3;
  const gap = pickInteger(random, 14, 28);
  const left = pickInteger(random, 40, 60);
  const total = 612 - 2 * left;
  // Magazines have columns of different widths.
  const share = count === 2 && random() < 0.3 ? 0.4 + random() * 0.2 : 1 / count;
  const widths = Array.from(
    { length: count },
    (_, at) => (total - gap * (count - 1)) * (at === 0 ? share : (1 - share) / (count - 1)),
  );
  const top = { x: left, width: total, y: 745, size: 16 };
  if (random() < 0.6) {
    painter.put(left + 60, top, `${painter.word()} ports`, true);
    top.y -= 26;
    Object.assign(top, { size });
    if (random() < 0.5) painter.paragraph(top, pickInteger(random, 2, 4));
  }
  const place = pickInteger(random, 0, count - 1);
  const start = top.y - pickInteger(random, 4, 16);
  const end = pickInteger(random, 80, 300);
  let x = left;
  for (const [column, width] of widths.entries()) {
    // Columns start at slightly different heights where a program aligns them at the bottom.
    const at = { x, width, y: start - random() * 3, size };
    const after = pickInteger(random, 0, 4);
    for (let part = 0; at.y > end + 90; part++) {
      if (column === place && part === after) painter.insert(insert, at);
      if (random() < 0.2) {
        painter.put(x, at, `${painter.word()} mends`, true);
        at.y -= size * 1.6;
      }
      painter.paragraph(at, pickInteger(random, 2, 8));
    }
    x += width + gap;
  }
  if (random() < 0.5) painter.paragraph({ x: left, width: total, y: end - 20, size }, 2);
  return { lines: painter.lines, order: painter.order, insert, columns: count };
}

/** Returns how many pairs of passages are in order, and how many there are. */
export function countPairsInOrder({ text }: ParsedDocument, { order }: PdfLayout): [right: number, all: number] {
  const places = order.map((word) => text.indexOf(word));
  let right = 0;
  for (const [at, place] of places.entries())
    right += places.slice(at + 1).filter((next) => place >= 0 && place < next).length;
  return [right, (places.length * (places.length - 1)) / 2];
}
