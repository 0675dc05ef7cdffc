import { type BetterSQLite3Database, eq, getTableName, type SQLiteColumn, type SQLiteTable, sql } from '../drizzle.ts';

interface Prepared {
  run(values: Record<string, unknown>): { changes: number };
}

const statements = new WeakMap<object, Map<string, Prepared>>();

/**
 * Writes of the hot paths: what `orm.insert` and `orm.update` do, with the statement built and compiled once per shape of
 * row. Building it anew costs several times what SQLite needs to run it.
 */
export function insertRow<T extends SQLiteTable>(orm: BetterSQLite3Database, table: T, row: T['$inferInsert']): void {
  const { values, shape, placeholders } = shapeOf(row);
  const build = () =>
    orm
      .insert(table)
      .values(placeholders as T['$inferInsert'])
      .prepare();
  prepare(orm, `insert ${getTableName(table)} ${shape}`, build).run(values);
}

/** Returns how many rows had `key` in `column`. */
export function updateRows<T extends SQLiteTable>(
  orm: BetterSQLite3Database,
  table: T,
  column: SQLiteColumn,
  key: string,
  change: Partial<T['$inferInsert']>,
): number {
  const { values, shape, placeholders } = shapeOf(change);
  const build = () =>
    orm
      .update(table)
      .set(placeholders as Partial<T['$inferInsert']>)
      .where(eq(column, sql.placeholder('$key')))
      .prepare();
  const name = `update ${getTableName(table)} ${column.name} ${shape}`;
  return prepare(orm, name, build).run({ ...values, $key: key }).changes;
}

/** Nulls are written into the statement: Drizzle's encoders don't take them from a placeholder. */
function shapeOf(row: object) {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return {
    values: Object.fromEntries(entries),
    shape: entries.map(([name, value]) => (value === null ? `${name}=null` : name)).join(),
    placeholders: Object.fromEntries(
      entries.map(([name, value]) => [name, value === null ? null : sql.placeholder(name)]),
    ),
  };
}

function prepare(orm: object, name: string, build: () => unknown): Prepared {
  const known = statements.get(orm) ?? new Map<string, Prepared>();
  statements.set(orm, known);
  const statement = known.get(name) ?? (build() as Prepared);
  known.set(name, statement);
  return statement;
}

/** A query that is built once per shape: `name` tells the shapes of one query apart. */
export function createQueryCache<T>(): (name: string, build: () => T) => T {
  const known = new Map<string, T>();
  return (name, build) => {
    const query = known.get(name) ?? build();
    known.set(name, query);
    return query;
  };
}
