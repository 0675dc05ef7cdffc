/** A line of a table: the text of each column, "" where it has none. */
export interface TableLine {
  cells: string[];
  y: number;
  size: number;
}

const NUMBER = /^[-+−($€£¥]*\d[\d.,'  ]*[%)]*$/;
/** Lines of one cell are closer than this multiple of the letter size. */
const TIGHT = 1.6;
const CLOSER = 0.85;
/** Distances up to this multiple of the smallest are between lines of one row. */
const LOOSE = 1.25;

/**
 * Merges the lines of wrapped cells into rows. Lines of one cell are joined with "\n". A line continues the row above if
 * it is closer to it than rows are to each other, or goes on in the middle of a sentence, and has no values of its own.
 */
export function mergeWrappedRows<Line extends TableLine>(wrapped: readonly Line[]): Line[] {
  const lines = mergeCentered(wrapped);
  const usualGap = findRowGap(lines);
  const rows: Line[] = [];
  let lastY = 0;
  for (const line of lines) {
    const row = rows.at(-1);
    if (row && continuesRow(row, line, line.y - lastY, usualGap, rows.length === 1)) {
      row.cells = row.cells.map((cell, at) => [cell, line.cells[at] ?? ''].filter(Boolean).join('\n'));
    } else rows.push({ ...line, cells: [...line.cells] });
    lastY = line.y;
  }
  return rows;
}

/** Merges lines that are closer to each other than to the next, if the key of the row is in the middle of them. */
function mergeCentered<Line extends TableLine>(lines: readonly Line[]): Line[] {
  const gaps = lines.slice(1).map(({ y }, at) => y - (lines[at]?.y ?? y));
  const limit = Math.min(...gaps) * LOOSE;
  const rows: Line[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && (gaps[end - 1] ?? 0) <= limit) end++;
    const group = lines.slice(start, end);
    rows.push(...(isCentered(group) ? [joinGroup(group)] : group));
    start = end;
  }
  return rows;
}

function isCentered(group: readonly TableLine[]): boolean {
  const keys = group.filter(({ cells }) => cells[0] !== '');
  const [key, first, last] = [keys[0], group[0], group.at(-1)];
  if (keys.length !== 1 || !key || !first || !last || key === first || key === last) return false;
  const isMiddle = Math.abs(key.y - (first.y + last.y) / 2) < key.size * 0.3;
  const numbers = (at: number) => group.filter(({ cells }) => NUMBER.test(cells[at] ?? '')).length;
  return isMiddle && key.cells.every((_, at) => numbers(at) <= 1);
}

function joinGroup<Line extends TableLine>(group: readonly Line[]): Line {
  const [first] = group as [Line];
  const width = Math.max(...group.map(({ cells }) => cells.length));
  const cells = Array.from({ length: width }, (_, at) =>
    group
      .map((line) => line.cells[at] ?? '')
      .filter(Boolean)
      .join('\n'),
  );
  return { ...first, cells };
}

/** Returns the usual distance of a row from the last line of the row above. */
function findRowGap(lines: readonly TableLine[]): number {
  const gaps = lines.flatMap(({ cells, y }, at) => (at > 0 && cells[0] !== '' ? [y - (lines[at - 1]?.y ?? y)] : []));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function continuesRow(row: TableLine, line: TableLine, gap: number, usualGap: number, isFirst: boolean): boolean {
  if (gap > line.size * TIGHT) return false;
  const filled = line.cells.flatMap((cell, at) => (cell === '' ? [] : [at]));
  const above = row.cells.filter((cell) => cell !== '').length;
  // A value below a value is a value of its own.
  if (filled.some((at) => NUMBER.test(line.cells[at] ?? '') && lastLine(row.cells[at]) !== undefined)) return false;
  const isCloser = gap < usualGap * CLOSER;
  if (line.cells[0] === '') {
    const goesOn = filled.every(
      (at) => /^[\p{Ll}(]/u.test(line.cells[at] ?? '') || /[-,;(/]$/.test(row.cells[at] ?? ''),
    );
    return (isCloser || goesOn) && filled.every((at) => row.cells[at] !== '');
  }
  if (!isCloser || !filled.every((at) => row.cells[at] !== '')) return false;
  const hasDigits = filled.some((at) => /\d/.test(`${line.cells[at]}${row.cells[at]}`));
  return isFirst ? !hasDigits : filled.length < above;
}

function lastLine(cell: string | undefined): string | undefined {
  const line = cell?.split('\n').at(-1);
  return line !== undefined && NUMBER.test(line) ? line : undefined;
}
