import { quoteName, quoteValue, type TableResult } from '@lorebox/ports/table-engine';
import { describeAggregate, describeExtreme, describeGroups, describeList, type Statement } from './describe-result.ts';
import type { TableFunction } from './query-words.ts';
import type { Column, Table } from './table.ts';

export type Filter =
  | { kind: 'values'; index: number; values: readonly string[] }
  | { kind: 'number'; index: number; value: number }
  | { kind: 'period'; index: number; year: string | null; month: number | null };

export interface QueryPlan {
  sql: string;
  /** Selects the numbers of the rows that the result is made from, in order. */
  rowsSql: string;
  /** Indexes of the columns that the queries read. */
  columns: readonly number[];
  /** The result may be added to those of other tables with the same label. Null if that makes no sense. */
  total: { label: string; decimals: number; unit: string | null } | null;
  /** How well the table fits the question. Only the order is meaningful. */
  score: number;
  /** The result in words. Null if it is empty. */
  describe(result: TableResult): Statement | null;
}

const SQL_FUNCTIONS = { sum: 'sum', average: 'avg', min: 'min', max: 'max', count: 'count' } as const;
/** Decimal places of an average beyond those of the numbers. */
const AVERAGE_DECIMALS = 2;
const MAX_LISTED = 100;

/** Writes SQL over the view of a table. */
export class QueryWriter {
  private readonly view: string;
  private readonly table: Table;
  private readonly filters: readonly Filter[];
  private readonly used = new Set<number>();

  constructor({ view, table }: { view: string; table: Table }, filters: readonly Filter[]) {
    this.view = quoteName(view);
    this.table = table;
    this.filters = filters;
  }

  writeAggregate(functions: readonly TableFunction[], target: number | null): QueryPlan {
    const column = target === null ? null : this.column(target);
    // The number of rows belongs to every result.
    const count = column && !functions.includes('count') ? [`count(${quoteName(column.name)}) as "rows"`] : [];
    const selected = [...functions.map((name) => this.call(name, column)), ...count];
    const conditions = functions.includes('count') ? this.conditions() : this.conditions(column);
    const plan = this.createPlan(selected.join(', '), '', conditions, (result) =>
      describeAggregate(functions, column, this.scope(), result),
    );
    const [name, ...more] = functions;
    if (more.length > 0 || (name !== 'sum' && name !== 'count')) return plan;
    const label = name === 'sum' && column ? `the sum of ${column.name}` : 'the number of rows';
    return { ...plan, total: { label, decimals: column?.decimals ?? 0, unit: column?.unit ?? null } };
  }

  writeDistinctCount(index: number): QueryPlan {
    const column = this.column(index);
    return this.createPlan(
      `count(distinct ${quoteName(column.name)}) as "count"`,
      '',
      this.conditions(column),
      (result) => describeAggregate(['count'], column, this.scope(), result),
    );
  }

  writeGroups(functions: readonly TableFunction[], target: number | null, group: number): QueryPlan {
    const column = target === null ? null : this.column(target);
    const name = quoteName(this.column(group).name);
    const selected = [name, ...functions.map((each) => this.call(each, column))].join(', ');
    return this.createPlan(selected, ` group by ${name} order by 2 desc, 1`, this.conditions(column), (result) =>
      describeGroups(functions, column, this.column(group), this.scope(), result),
    );
  }

  /** The rows with the highest or lowest number. */
  writeExtreme(extreme: 'max' | 'min', target: number, subject: number | null): QueryPlan {
    const column = this.column(target);
    const label = subject ?? this.table.columns.findIndex(({ type }) => type === 'text');
    const name = quoteName(column.name);
    const names = label < 0 ? [name] : [quoteName(this.column(label).name), name];
    const best = `select ${extreme}(${name}) from ${this.view}${where(this.conditions(column))}`;
    return this.createPlan(names.join(', '), '', [...this.conditions(column), `${name} = (${best})`], (result) =>
      describeExtreme(extreme, column, label < 0 ? null : this.column(label), this.scope(), result),
    );
  }

  /** The group with the highest or lowest sum. */
  writeExtremeGroup(extreme: 'max' | 'min', target: number, group: number): QueryPlan {
    const column = this.column(target);
    const name = quoteName(this.column(group).name);
    const order = ` group by ${name} order by 2 ${extreme === 'max' ? 'desc' : 'asc'}, 1`;
    return this.createPlan(`${name}, ${this.call('sum', column)}`, order, this.conditions(column), (result) =>
      describeGroups(['sum'], column, this.column(group), this.scope(), result, extreme),
    );
  }

  writeList(index: number): QueryPlan {
    const column = this.column(index);
    const name = quoteName(column.name);
    return this.createPlan(
      `distinct ${name}`,
      ` order by 1 limit ${MAX_LISTED + 1}`,
      this.conditions(column),
      (result) => (result.rowCount > MAX_LISTED ? null : describeList(column, this.scope(), result)),
    );
  }

  private createPlan(
    selected: string,
    rest: string,
    conditions: readonly string[],
    describe: QueryPlan['describe'],
  ): QueryPlan {
    return {
      sql: `select ${selected} from ${this.view}${where(conditions)}${rest}`,
      rowsSql: `select _row from ${this.view}${where(conditions)} order by _row`,
      columns: [...this.used],
      total: null,
      score: 0,
      describe,
    };
  }

  private call(name: TableFunction, column: Column | null): string {
    if (name === 'count' || !column) return 'count(*) as "count"';
    const call = `${SQL_FUNCTIONS[name]}(${quoteName(column.name)})`;
    // Sums of decimals are rounded to their places, because 0.1 + 0.2 is not 0.3 in binary.
    const isRounded = name === 'sum' || name === 'average';
    const decimals = column.decimals + (name === 'average' ? AVERAGE_DECIMALS : 0);
    return `${isRounded ? `round(${call}, ${decimals})` : call} as ${quoteName(name)}`;
  }

  /** Conditions for rows that match the filters. With a column, only rows with a value in it. */
  private conditions(column: Column | null = null): string[] {
    const filters = this.filters.map((filter) => this.condition(filter));
    return column ? [...filters, `${quoteName(column.name)} is not null`] : filters;
  }

  private condition(filter: Filter): string {
    const name = quoteName(this.column(filter.index).name);
    switch (filter.kind) {
      case 'values': {
        const [only = '', ...more] = filter.values.map(quoteValue);
        return more.length === 0 ? `${name} = ${only}` : `${name} in (${[only, ...more].join(', ')})`;
      }
      case 'number':
        return `${name} = ${filter.value}`;
      case 'period': {
        const month = filter.month === null ? null : String(filter.month).padStart(2, '0');
        if (filter.year === null) return `substr(${name}, 6, 2) = '${month}'`;
        return month === null
          ? `substr(${name}, 1, 4) = '${filter.year}'`
          : `substr(${name}, 1, 7) = '${filter.year}-${month}'`;
      }
    }
  }

  /** The filters in words. */
  private scope(): string {
    const parts = this.filters.map((filter) => {
      const { name } = this.column(filter.index);
      if (filter.kind === 'values') return `${name} is ${filter.values.join(' or ')}`;
      if (filter.kind === 'number') return `${name} is ${filter.value}`;
      const month = filter.month === null ? null : String(filter.month).padStart(2, '0');
      return `${name} is in ${[filter.year, month].filter((part) => part !== null).join('-')}`;
    });
    return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`;
  }

  private column(index: number): Column {
    const column = this.table.columns[index];
    if (!column) throw new Error(`there is no column ${index}`);
    this.used.add(index);
    return column;
  }
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}
