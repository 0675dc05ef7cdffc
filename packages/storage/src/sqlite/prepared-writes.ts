import { type BetterSQLite3Database, eq, getTableName, type SQLiteColumn, type SQLiteTable, sql } from '../drizzle.ts';

interface PreparedWrite {
  run(values: Record<string, unknown>): { changes: number };
}

const statements = new WeakMap<object, Map<string, PreparedWrite>>();

/**
 * Writes for hot paths. Like `orm.insert` and `orm.update`, but the statement is built and compiled once per shape of
 * row. Building a statement takes several times as long as running it.
 */
export function insertRow<T extends SQLiteTable>(orm: BetterSQLite3Database, table: T, row: T['$inferInsert']): void {
  const { values, shape } = shapeOf(row);
  const build = () => orm.insert(table).values(toPlaceholders<T>(values)).prepare();
  prepareWrite(orm, `insert ${getTableName(table)} ${shape}`, build).run(values);
}

/** Returns the number of rows with `key` in `column`. */
export function updateRows<T extends SQLiteTable>(
  orm: BetterSQLite3Database,
  table: T,
  column: SQLiteColumn,
  key: string,
  change: Partial<T['$inferInsert']>,
): number {
  const { values, shape } = shapeOf(change);
  const build = () =>
    orm
      .update(table)
      .set(toPlaceholders<T>(values))
      .where(eq(column, sql.placeholder('$key')))
      .prepare();
  const name = `update ${getTableName(table)} ${column.name} ${shape}`;
  return prepareWrite(orm, name, build).run({ ...values, $key: key }).changes;
}

function shapeOf(row: object) {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return {
    values: Object.fromEntries(entries),
    shape: entries.map(([name, value]) => (value === null ? `${name}=null` : name)).join(),
  };
}

/**
 * Creates a placeholder for each value. Nulls are written into the statement because Drizzle's encoders don't accept
 * them from a placeholder. Drizzle accepts placeholders wherever it accepts values, but its types can't express that
 * for a generic table.
 */
function toPlaceholders<T extends SQLiteTable>(values: Record<string, unknown>): T['$inferInsert'] {
  const entries = Object.entries(values).map(([name, value]) => [name, value === null ? null : sql.placeholder(name)]);
  return Object.fromEntries(entries) as T['$inferInsert'];
}

function prepareWrite(orm: object, name: string, build: () => PreparedWrite): PreparedWrite {
  const cached = statements.get(orm) ?? new Map<string, PreparedWrite>();
  statements.set(orm, cached);
  const statement = cached.get(name) ?? build();
  cached.set(name, statement);
  return statement;
}
