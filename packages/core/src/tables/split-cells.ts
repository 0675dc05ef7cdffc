export interface Cell {
  /** Offsets into the row. */
  start: number;
  end: number;
  text: string;
}

/** Splits a stored table row into its cells. They are separated by `|` with spaces around it. */
export function splitCells(row: string): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (let at = row.indexOf('|'); at >= 0; at = row.indexOf('|', at + 1)) {
    const isStart = at === 0 || row[at - 1] === ' ';
    const isEnd = at === row.length - 1 || row[at + 1] === ' ';
    if (!isStart || !isEnd) continue;
    cells.push(trimCell(row, start, at));
    start = at + 1;
  }
  cells.push(trimCell(row, start, row.length));
  return cells;
}

function trimCell(row: string, from: number, to: number): Cell {
  let start = from;
  let end = to;
  while (start < end && row[start] === ' ') start += 1;
  while (end > start && row[end - 1] === ' ') end -= 1;
  return { start, end, text: row.slice(start, end) };
}
