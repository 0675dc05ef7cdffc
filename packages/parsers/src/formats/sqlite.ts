import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { readColumns } from '../sqlite-columns.ts';
import { SqliteFile, type SqliteTable, type SqliteValue } from '../sqlite-file.ts';

const MAX_ROWS = 100_000;

function show(value: SqliteValue | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Uint8Array ? `(${value.byteLength} bytes)` : String(value);
}

function addTable(document: DocumentBuilder, file: SqliteFile, { name, root, sql }: SqliteTable): void {
  document.add('code', sql);
  if (/\bWITHOUT\s+ROWID\b/i.test(sql)) {
    document.warn(`The rows of the table "${name}" were not read, because it has no row ids. Export it as CSV.`);
    return;
  }
  const columns = readColumns(sql);
  document.addRow(columns.map((column) => column.name));
  let rows = 0;
  let blobs = 0;
  for (const [rowId, values] of file.readRows(root)) {
    if (rows++ >= MAX_ROWS) {
      document.warn(`Only the first ${MAX_ROWS} rows of the table "${name}" were read. Export the rest as CSV.`);
      break;
    }
    const width = Math.max(columns.length, values.length);
    blobs += values.filter((value) => value instanceof Uint8Array).length;
    document.addRow(
      Array.from({ length: width }, (_, index) =>
        columns[index]?.isRowId && values[index] === null ? String(rowId) : show(values[index]),
      ),
    );
  }
  if (blobs > 0) document.warn(`${blobs} binary values of the table "${name}" were not read.`);
}

/** SQLite databases: the schema and the rows of each table. */
export const sqliteParser = defineFormat({
  formats: ['sqlite'],
  parse(bytes, { document }) {
    const file = new SqliteFile(bytes);
    const tables = file.listTables();
    document.pageCount = tables.length;
    for (const [index, table] of tables.entries()) {
      document.page = index + 1;
      document.section = table.name;
      if (/^CREATE\s+VIRTUAL/i.test(table.sql)) continue;
      addTable(document, file, table);
    }
  },
});
