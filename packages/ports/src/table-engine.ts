export type TableValue = string | number | null;
export type ColumnType = 'number' | 'date' | 'text';

/** A table of a document, ready to be queried. */
export interface QueryableTable {
  /** Name of the SQL view with typed values. A second view with ` (text)` after its name has the cells as written. */
  name: string;
  /** Unique without regard to case. None is `_row`. */
  columns: readonly { name: string; type: ColumnType }[];
  /** `number` is the value of the `_row` column. `values` and `texts` are as long as `columns`. */
  rows: readonly { number: number; values: readonly TableValue[]; texts: readonly (string | null)[] }[];
}

export interface TableResult {
  columns: string[];
  /** At most `MAX_RESULT_ROWS`. */
  rows: TableValue[][];
  /** Number of result rows, also if fewer are returned. */
  rowCount: number;
}

export const MAX_RESULT_ROWS = 100;
export const MAX_RESULT_BYTES = 200_000;

/** Runs SQL over one table in a database that contains nothing else. */
export interface TableEngine {
  /**
   * Runs SELECT statements, in order. @throws AppError `BAD_REQUEST` for a statement that is invalid or isn't a single
   * SELECT, `TIMEOUT` if they take too long.
   */
  query(table: QueryableTable, statements: readonly string[], signal?: AbortSignal): Promise<TableResult[]>;
  close(): Promise<void>;
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as an SQL string. */
export function quoteValue(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
