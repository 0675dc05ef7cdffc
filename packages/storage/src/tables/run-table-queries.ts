import { AppError } from '@lorebox/contract/errors';
import {
  MAX_RESULT_BYTES,
  MAX_RESULT_ROWS,
  type QueryableTable,
  quoteName,
  type TableResult,
  type TableValue,
} from '@lorebox/ports/table-engine';
import Database from 'better-sqlite3';

const SQL_TYPES = { number: 'numeric', date: 'text', text: 'text' } as const;

/** Loads the table into an empty in-memory database and runs SELECT statements. Nothing else can be read or written. */
export function runTableQueries(table: QueryableTable, statements: readonly string[]): TableResult[] {
  const database = new Database(':memory:');
  try {
    loadTable(database, table);
    database.pragma('query_only = ON');
    database.pragma('trusted_schema = OFF');
    return statements.map((sql) => runSelect(database, sql));
  } finally {
    database.close();
  }
}

function loadTable(database: Database.Database, { name, columns, rows }: QueryableTable): void {
  const typed = columns.map(({ type }, i) => `v${i} ${SQL_TYPES[type]}`);
  const written = columns.map((_, i) => `t${i} text`);
  database.exec(`create table _cells (${['_row integer primary key', ...typed, ...written].join(', ')})`);
  const select = (prefix: string) =>
    ['_row', ...columns.map((column, i) => `${prefix}${i} as ${quoteName(column.name)}`)].join(', ');
  database.exec(`create view ${quoteName(name)} as select ${select('v')} from _cells`);
  database.exec(`create view ${quoteName(`${name} (text)`)} as select ${select('t')} from _cells`);
  const marks = Array.from({ length: 1 + 2 * columns.length }, () => '?').join(', ');
  const insert = database.prepare<TableValue[]>(`insert into _cells values (${marks})`);
  database.transaction(() => {
    for (const { number, values, texts } of rows) insert.run(number, ...values, ...texts);
  })();
}

function runSelect(database: Database.Database, sql: string): TableResult {
  const statement = prepareSelect(database, sql);
  const columns = statement.columns().map((column) => column.name);
  const rows: TableValue[][] = [];
  let rowCount = 0;
  let size = 0;
  for (const row of statement.raw().iterate()) {
    rowCount += 1;
    const values = (row as unknown[]).map(toValue);
    size += values.reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
    if (rowCount <= MAX_RESULT_ROWS && size <= MAX_RESULT_BYTES) rows.push(values);
  }
  return { columns, rows, rowCount };
}

function prepareSelect(database: Database.Database, sql: string): Database.Statement<[]> {
  // PRAGMA returns rows too, and a recursive WITH may never end.
  if (!/^select\b/i.test(sql)) throw invalidQuery('Only SELECT is allowed.');
  try {
    const statement = database.prepare<[]>(sql);
    if (statement.reader && statement.readonly) return statement;
  } catch (error) {
    throw invalidQuery(error instanceof Error ? `${error.message}.` : '');
  }
  throw invalidQuery('Only SELECT is allowed.');
}

function invalidQuery(reason: string): AppError {
  return new AppError('BAD_REQUEST', `The table query is invalid. ${reason}`);
}

function toValue(value: unknown): TableValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
