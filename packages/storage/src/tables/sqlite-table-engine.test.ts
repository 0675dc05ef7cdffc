import { isAppError } from '@lorebox/contract/errors';
import { type QueryableTable, quoteName } from '@lorebox/ports/table-engine';
import { afterEach, describe, expect, it } from 'vitest';
import { runTableQueries } from './run-table-queries.ts';
import { createSqliteTableEngine } from './sqlite-table-engine.ts';

const INJECTION = '"); drop table _cells; --';
const TABLE: QueryableTable = {
  name: `Orders "2024" ${INJECTION}`,
  columns: [
    { name: 'Amount', type: 'number' },
    { name: INJECTION, type: 'text' },
  ],
  rows: [
    { number: 1, values: [1.5, "'; delete from _cells"], texts: ['1,50', "'; delete from _cells"] },
    { number: 2, values: [2, '=1+1'], texts: ['2', '=1+1'] },
    { number: 3, values: [null, null], texts: [null, null] },
  ],
};
const VIEW = quoteName(TABLE.name);
const run = (sql: string) => runTableQueries(TABLE, [sql])[0];

describe('table queries', () => {
  it('read typed values and the cells as written, whatever the names are', () => {
    expect(run(`select sum(Amount) total, count(*) from ${VIEW}`)).toEqual({
      columns: ['total', 'count(*)'],
      rows: [[3.5, 3]],
      rowCount: 1,
    });
    expect(run(`select _row, ${quoteName(INJECTION)} from ${VIEW}`)?.rows[1]).toEqual([2, '=1+1']);
    expect(run(`select Amount from ${quoteName(`${TABLE.name} (text)`)}`)?.rows).toEqual([['1,50'], ['2'], [null]]);
  });

  it.each([
    'delete from _cells',
    'pragma query_only = off',
    'pragma table_info(_cells)',
    "attach database '/etc/passwd' as other",
    'create table x (y)',
    'select 1; select 2',
    'select no_such_column from _cells',
    'with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n',
    'with x as (select 1) insert into _cells select 9, 9, 9, 9, 9',
    'vacuum',
    '',
  ])('refuse %s', (sql) => {
    let error: unknown;
    try {
      run(sql);
    } catch (thrown) {
      error = thrown;
    }
    expect(isAppError(error) && error.code).toBe('BAD_REQUEST');
  });

  it('return at most 100 rows of bounded size, and count all', () => {
    const many = Array.from({ length: 5 }, (_, i) => `${VIEW} t${i}`).join(', ');
    expect(run(`select t0._row from ${many}`)).toMatchObject({ rowCount: 243, rows: { length: 100 } });
    expect(run(`select hex(zeroblob(20000)) from ${many}`)?.rows).toHaveLength(5);
  });
});

describe('the engine', () => {
  const options = { timeoutMs: 200 };
  const engine = createSqliteTableEngine(options);
  afterEach(() => engine.close());

  it('ends a query that takes too long, and runs the next one', async () => {
    const endless = `select 1 from ${Array.from({ length: 40 }, (_, i) => `${VIEW} t${i}`).join(', ')}`;
    await expect(engine.query(TABLE, [endless])).rejects.toMatchObject({ code: 'TIMEOUT' });
    options.timeoutMs = 60_000;
    const [count] = await engine.query(TABLE, [`select count(*) from ${VIEW}`]);
    expect(count?.rows).toEqual([[3]]);
  });
});
