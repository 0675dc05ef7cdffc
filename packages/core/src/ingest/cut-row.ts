import { splitCells } from '../tables/split-cells.ts';
import type { Span } from '../text/sentences.ts';

/** Neighboring cells of a wide row. */
export interface RowPiece extends Span {
  /** Names of the columns in the piece. */
  names: string;
  /** First cell of the row with its name. Empty in the piece that contains it. */
  label: string;
  tokens: number;
}

export interface RowLimits {
  maxTokens: number;
  countTokens(text: string): number;
  maxNamesLength: number;
}

const MAX_LABEL_LENGTH = 100;

/** Cuts a row between cells, so that the values and the names of a piece fit in a chunk. */
export function cutRow(row: string, names: readonly string[], limits: RowLimits): RowPiece[] {
  const cells = splitCells(row);
  const [first] = cells;
  const label = [names[0], first?.text].filter(Boolean).join(': ').slice(0, MAX_LABEL_LENGTH);
  const pieces: RowPiece[] = [];
  let open: RowPiece | null = null;
  /** Names of empty cells since the last value. They count only between two values of a piece. */
  let gap: string[] = [];
  for (const [column, { start, end, text }] of cells.entries()) {
    const name = names[column] ?? '';
    if (text === '') {
      gap.push(name);
      continue;
    }
    const tokens = limits.countTokens(text) + limits.countTokens(name) + 1;
    const isFull: boolean =
      open !== null &&
      (open.tokens + tokens > limits.maxTokens ||
        open.names.length + gap.join(' | ').length + name.length + 6 > limits.maxNamesLength);
    if (!open || isFull) {
      open = { start, end, names: name, label: column === 0 ? '' : label, tokens };
      pieces.push(open);
    } else {
      open.end = end;
      open.names = [open.names, ...gap, name].join(' | ');
      open.tokens += tokens + gap.length;
    }
    gap = [];
  }
  return pieces;
}
