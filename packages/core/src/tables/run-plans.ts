import type { QueryableTable, TableResult } from '@lorebox/ports/table-engine';
import type { Services } from '../core.ts';
import type { Statement } from './describe-result.ts';
import type { FoundTable } from './find-tables.ts';
import type { Table } from './table.ts';
import type { QueryPlan } from './write-query.ts';

export interface PlannedTable {
  found: FoundTable;
  plans: readonly QueryPlan[];
  score: number;
}

export interface TableAnswer {
  found: FoundTable;
  plan: QueryPlan;
  result: TableResult;
  statement: Statement;
  /** Numbers of the rows that the result is made from, at most 100. */
  rowNumbers: number[];
  rowCount: number;
}

/** Runs the queries of one table. Empty results are left out. */
export async function runPlans(
  core: Services,
  { found, plans }: PlannedTable,
  signal: AbortSignal,
): Promise<TableAnswer[]> {
  const { table, view } = found;
  const statements = plans.flatMap(({ sql, rowsSql }) => [sql, rowsSql]);
  const results = await core.tables.query(narrow(table, view, plans), statements, signal);
  return plans.flatMap((plan, i): TableAnswer[] => {
    const result = results[2 * i];
    const rows = results[2 * i + 1];
    const statement = result ? plan.describe(result) : null;
    if (!result || !rows || !statement) return [];
    const rowNumbers = rows.rows.map(([number]) => Number(number));
    return [{ found, plan, result, statement, rowNumbers, rowCount: rows.rowCount }];
  });
}

/** The columns that the queries read, because large tables take long to load. */
function narrow({ columns, rows }: Table, view: string, plans: readonly QueryPlan[]): QueryableTable {
  const used = [...new Set(plans.flatMap((plan) => plan.columns))].sort((a, b) => a - b);
  return {
    name: view,
    columns: used.flatMap((i) => columns[i] ?? []),
    rows: rows.map(({ number, values, texts }) => ({
      number,
      values: used.map((i) => values[i] ?? null),
      texts: used.map((i) => texts[i] ?? null),
    })),
  };
}
