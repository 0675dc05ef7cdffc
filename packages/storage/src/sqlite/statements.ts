import type Database from 'better-sqlite3';

/** Every workspace has its own tables and therefore its own statements. */
const MAX_STATEMENTS = 500;

type Cache = WeakMap<Database.Database, Map<string, Database.Statement>>;
const rowStatements: Cache = new WeakMap();
const valueStatements: Cache = new WeakMap();

/**
 * Returns a statement that is compiled once per connection, for SQL that runs thousands of times. The caller declares
 * the types: `Row` has the selected columns as SQLite returns them, dates as numbers and JSON as text.
 */
export function prepareOnce<Params extends unknown[] = unknown[], Row = unknown>(
  raw: Database.Database,
  sql: string,
): Database.Statement<Params, Row> {
  return typed<Params, Row>(cached(rowStatements, raw, sql, () => raw.prepare(sql)));
}

/** The same for a single column: `get` and `all` return its value instead of a row. */
export function prepareValue<Params extends unknown[], Value>(
  raw: Database.Database,
  sql: string,
): Database.Statement<Params, Value> {
  // Cached separately: `pluck` changes a statement for every later caller.
  return typed<Params, Value>(cached(valueStatements, raw, sql, () => raw.prepare(sql).pluck()));
}

function cached(
  cache: Cache,
  raw: Database.Database,
  sql: string,
  prepare: () => Database.Statement,
): Database.Statement {
  const statements = cache.get(raw) ?? new Map<string, Database.Statement>();
  cache.set(raw, statements);
  const statement = statements.get(sql) ?? prepare();
  if (statements.size >= MAX_STATEMENTS) statements.clear();
  statements.set(sql, statement);
  return statement;
}

/** The cache holds statements of every type, so the type of the SQL is asserted here. */
function typed<Params extends unknown[], Row>(statement: Database.Statement): Database.Statement<Params, Row> {
  return statement as Database.Statement<Params, Row>;
}

/** Caches a query that is built once per shape. `name` distinguishes the shapes of one query. */
export function createQueryCache<T>(): (name: string, build: () => T) => T {
  const queries = new Map<string, T>();
  return (name, build) => {
    const query = queries.get(name) ?? build();
    queries.set(name, query);
    return query;
  };
}
