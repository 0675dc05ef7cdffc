import { type GridCell, TableGrid } from './table-grid.ts';

/** A row of a format that gives cells a width instead of a column. */
export interface EdgedRow {
  cells: { text: string; merge?: 'start' | 'continue' | undefined }[];
  /** Left edge of the row, then the right edge of each cell. Empty if unknown. */
  edges: number[];
}

/** Edges that differ by less (in twips, 1/20 point) are the same. */
const TOLERANCE = 40;

function joinEdges(rows: readonly EdgedRow[]): number[] {
  const all = rows.flatMap(({ edges }) => edges).sort((left, right) => left - right);
  const joined: number[] = [];
  for (const edge of all) if (joined.length === 0 || edge - (joined.at(-1) as number) > TOLERANCE) joined.push(edge);
  return joined;
}

function columnOf(edge: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) < edge - TOLERANCE) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places the cells of a table in the columns that the edges of all its rows make. */
export function placeByEdges(rows: readonly EdgedRow[]): string[][] {
  const edges = joinEdges(rows.filter((row) => row.edges.length === row.cells.length + 1));
  const grid = new TableGrid();
  return rows.map((row) => {
    const hasEdges = row.edges.length === row.cells.length + 1;
    const start = hasEdges ? columnOf(row.edges[0] as number, edges) : 0;
    const cells: GridCell[] = Array.from({ length: start }, () => ({ text: '' }));
    for (const [index, { text, merge }] of row.cells.entries()) {
      const columns = hasEdges
        ? Math.max(1, columnOf(row.edges[index + 1] as number, edges) - columnOf(row.edges[index] as number, edges))
        : 1;
      const cell: GridCell = { text, columns };
      if (merge === 'start') cell.rows = Number.POSITIVE_INFINITY;
      if (merge === 'continue') cell.covered = 'above';
      cells.push(cell);
    }
    return grid.place(cells);
  });
}
