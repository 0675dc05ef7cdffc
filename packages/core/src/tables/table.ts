import type { ColumnType } from '@lorebox/ports/table-engine';

export type { ColumnType, TableValue } from '@lorebox/ports/table-engine';

export interface Column {
  /** Unique in the table without regard to case. */
  name: string;
  type: ColumnType;
  /** Decimal places of the numbers, at most 6. */
  decimals: number;
  /** Unit or currency of all numbers. Null if they have none. */
  unit: string | null;
  /** True if the numbers have different units, so that they can't be added. */
  isMixed: boolean;
  /** True if the order of day and month is unclear, so that only the year is known. */
  isYearOnly: boolean;
}

export interface Row {
  /** Position in the table from 1, without the header. */
  number: number;
  /** Offsets into the stored text. */
  start: number;
  end: number;
  /** Cells as written, as many as there are columns. */
  texts: (string | null)[];
  values: (string | number | null)[];
}

/** A table of a document. */
export interface Table {
  /** Name of the sheet or section, otherwise the heading above it, otherwise an empty string. */
  name: string;
  columns: Column[];
  /** Without rows that contain totals of other rows. */
  rows: Row[];
  /** Offsets of the header row into the stored text. Null if there is none. */
  header: { start: number; end: number } | null;
}
