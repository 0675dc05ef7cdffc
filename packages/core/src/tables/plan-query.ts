import { type ColumnMatch, clearBest, isMeasure, isWholeHeader, matchColumns } from './match-columns.ts';
import { matchValues } from './match-values.ts';
import { ALL_WORDS, AMOUNT_HEADERS, AMOUNT_WORDS, GROUP_WORDS, NEUTRAL_VERBS, ROW_WORDS } from './query-words.ts';
import { tokenize } from './question-tokens.ts';
import { isGeneric, readPeriod, type TableQuestion } from './read-question.ts';
import type { Table } from './table.ts';
import { type Filter, type QueryPlan, QueryWriter } from './write-query.ts';

export interface NamedTable {
  table: Table;
  /** Name of the SQL view. */
  view: string;
  /** Title and file name of the document. */
  documentName: string;
}

/**
 * Queries for a question about one table, by the words of the question. Null if a word is left that neither the table
 * nor the language explains, because the result would be about something else.
 */
export function planQueries(question: string, asked: TableQuestion, named: NamedTable): QueryPlan[] | null {
  const { tokens, functionWords } = asked;
  const { table } = named;
  const matches = matchColumns(table, tokens, functionWords);
  const values = matchValues(table, question, tokens, matches);
  if (values === null) return null;
  const valueWords = new Set(values.flatMap(({ positions }) => positions));
  const scene = new Scene(
    named,
    asked,
    matches.filter(({ positions }) => positions.some((at) => !valueWords.has(at))),
  );
  for (const { index, values: wanted, positions } of values) {
    scene.addFilter({ kind: 'values', index, values: wanted }, positions);
  }
  scene.explainName();
  scene.explainAll();
  const target = asked.functions.length === 0 ? null : scene.chooseTarget();
  if (!scene.addPeriod(target)) return null;
  return scene.plan(target);
}

/** What is known about a question and a table so far. */
class Scene {
  private readonly named: NamedTable;
  private readonly asked: TableQuestion;
  private readonly matches: readonly ColumnMatch[];
  private readonly filters: Filter[] = [];
  private readonly explained = new Set<number>();
  private nameWords = 0;

  constructor(named: NamedTable, asked: TableQuestion, matches: readonly ColumnMatch[]) {
    this.named = named;
    this.asked = asked;
    this.matches = matches;
    for (const at of asked.functionWords) this.explained.add(at);
  }

  addFilter(filter: Filter, positions: readonly number[]): void {
    this.filters.push(filter);
    this.explain(positions);
    // "from country Norway" also names the column.
    for (const match of this.matches) if (match.index === filter.index) this.explain(match.positions);
  }

  /** Words of the title, the file name and the sheet. */
  explainName(): void {
    const { documentName, table } = this.named;
    const stems = new Set(tokenize(`${documentName} ${table.name}`).map(({ stem }) => stem));
    for (const [at, token] of this.asked.tokens.entries()) {
      const isName = stems.has(token.stem) && !isGeneric(token) && !/^\d+$/.test(token.text);
      if (!isName || this.asked.functionWords.has(at)) continue;
      this.nameWords += 1;
      this.explain([at]);
    }
  }

  /** "All teams" names the rows, not some of them. */
  explainAll(): void {
    const { tokens } = this.asked;
    for (const { column, positions } of this.matches) {
      const isAll = positions.some((at) => ALL_WORDS.has(tokens[at - 1]?.text ?? ''));
      if (column.type === 'text' && isAll) this.explain(positions);
    }
  }

  /** The column that the functions are about. Null if they only count, or if it is unclear. */
  chooseTarget(): ColumnMatch | null {
    const { functions } = this.asked;
    const isCount = functions.every((name) => name === 'count');
    const isExtreme = functions.every((name) => name === 'max' || name === 'min');
    const candidates = this.matches.filter((match) => {
      const { column } = match;
      // "How many units" is about a column of units, and "the latest year" about one of years.
      if (isCount) return isMeasure(column) && isWholeHeader(match);
      return isMeasure(column) || (isExtreme && column.type === 'number' && isWholeHeader(match));
    });
    const best = clearBest(candidates);
    if (best) {
      this.explain(best.positions);
      return best;
    }
    return isCount || candidates.length > 0 ? null : this.findAmount();
  }

  /** "The total" without a column means the only amount of the table. */
  private findAmount(): ColumnMatch | null {
    const measures = this.named.table.columns.flatMap((column, index) =>
      isMeasure(column) ? [{ column, index }] : [],
    );
    const amounts = measures.filter(({ column }) => AMOUNT_HEADERS.has(column.name.toLowerCase()));
    const [only] = measures.length === 1 ? measures : amounts;
    if (!only || (measures.length > 1 && amounts.length !== 1)) return null;
    const words = this.asked.tokens.flatMap(({ text }, at) => (AMOUNT_WORDS.has(text) ? [at] : []));
    this.explain(words);
    return { ...only, positions: words, strength: 0 };
  }

  /** Adds a filter for a year or month. False if there is no column for it. */
  addPeriod(target: ColumnMatch | null): boolean {
    const { year, month, positions } = readPeriod(this.asked.tokens);
    const open = positions.filter((at) => !this.explained.has(at) && !target?.positions.includes(at));
    if (open.length === 0) return true;
    const { columns } = this.named.table;
    const dates = columns.flatMap(({ type }, index) => (type === 'date' ? [index] : []));
    const mentioned = dates.filter((index) => this.matches.some((match) => match.index === index));
    const [index] = dates.length > 1 ? mentioned : dates;
    if (index === undefined || (dates.length > 1 && mentioned.length !== 1))
      return this.addYearFilter(year, month, open);
    if (month !== null && columns[index]?.isYearOnly) return false;
    this.addFilter({ kind: 'period', index, year, month }, open);
    return true;
  }

  /** Tables with one column for the year, or with the year in their name. */
  private addYearFilter(year: string | null, month: number | null, positions: readonly number[]): boolean {
    if (year === null || month !== null) return false;
    const { table, documentName } = this.named;
    const index = table.columns.findIndex(({ name }) => /^(?:year|jahr|année|annee|año|ano|anno|年|年份)$/i.test(name));
    if (index >= 0) this.addFilter({ kind: 'number', index, value: Number(year) }, positions);
    else if (tokenize(`${documentName} ${table.name}`).some(({ text }) => text === year)) this.explain(positions);
    else return false;
    return true;
  }

  plan(target: ColumnMatch | null): QueryPlan[] | null {
    const { functions } = this.asked;
    const writer = new QueryWriter(this.named, this.filters);
    const plans = functions.length === 0 ? this.planList(writer) : this.planFunctions(writer, target);
    if (
      plans === null ||
      !this.asked.tokens.every(
        (token, at) => this.explained.has(at) || isGeneric(token) || NEUTRAL_VERBS.has(token.text),
      )
    )
      return null;
    const score = this.nameWords + 3 * this.filters.length + (target?.strength ?? 0);
    return plans.map((plan) => ({ ...plan, score }));
  }

  private planList(writer: QueryWriter): QueryPlan[] | null {
    const listed = clearBest(this.matches.filter(({ column }) => column.type === 'text'));
    if (!listed) return null;
    this.explain(listed.positions);
    return [writer.writeList(listed.index)];
  }

  private planFunctions(writer: QueryWriter, target: ColumnMatch | null): QueryPlan[] | null {
    const { functions } = this.asked;
    const subject = this.findSubject(target);
    const needsColumn = functions.some((name) => name !== 'count');
    if (!needsColumn) return this.planCount(writer, target, subject);
    if (!target || (target.column.isMixed && functions.some((name) => name !== 'count'))) return null;
    // A guessed column needs a word that shows that the table is meant.
    const isMeant = target.strength > 0 || this.nameWords > 0 || this.filters.length > 0;
    if (!isMeant) return null;
    const extreme = functions.find((name) => name === 'max' || name === 'min');
    if (extreme) {
      const others = functions.filter((name) => name !== extreme);
      if (others.some((name) => name !== 'sum')) return [writer.writeAggregate(functions, target.index)];
      return this.planExtreme(writer, extreme, target.index, subject, others.length > 0);
    }
    if (subject !== null) return [writer.writeGroups(functions, target.index, subject)];
    return [writer.writeAggregate(functions, target.index)];
  }

  private planCount(writer: QueryWriter, target: ColumnMatch | null, subject: number | null): QueryPlan[] | null {
    // "How many units" adds up the units.
    if (target) return target.column.isMixed ? null : [writer.writeAggregate(['sum'], target.index)];
    if (subject !== null) return [writer.writeGroups(['count'], null, subject)];
    const { tokens } = this.asked;
    const rowWords = tokens.flatMap(({ text }, at) => (ROW_WORDS.has(text) ? [at] : []));
    this.explain(rowWords);
    const counted = this.matches.filter(({ positions }) => positions.some((at) => !this.explained.has(at)));
    if (counted.length === 0) {
      const isMeant = this.nameWords > 0 || this.filters.length > 0 || rowWords.length > 0;
      return isMeant ? [writer.writeAggregate(['count'], null)] : null;
    }
    const distinct = clearBest(counted);
    if (!distinct || this.nameWords > 0) return null;
    this.explain(distinct.positions);
    return [writer.writeDistinctCount(distinct.index)];
  }

  private planExtreme(
    writer: QueryWriter,
    extreme: 'max' | 'min',
    target: number,
    subject: number | null,
    isSum: boolean,
  ): QueryPlan[] {
    if (subject === null) return [writer.writeExtreme(extreme, target, null)];
    const { rows } = this.named.table;
    const isUnique = new Set(rows.map(({ texts }) => texts[subject])).size === rows.length;
    const groups = writer.writeExtremeGroup(extreme, target, subject);
    if (isSum && !isUnique) return [groups];
    return [writer.writeExtreme(extreme, target, subject), ...(isUnique ? [] : [groups])];
  }

  /** The column of "which country", "by country" or "per month". */
  private findSubject(target: ColumnMatch | null): number | null {
    const { tokens, functions } = this.asked;
    const isGroup = (at: number) => GROUP_WORDS.has(tokens[at - 1]?.text ?? '');
    const asksWhich = /^(?:which|what|welche[rs]?|quel(?:le)?|que|cual|哪)$/.test(tokens[0]?.text ?? '');
    const isExtreme = functions.includes('max') || functions.includes('min');
    const subjects = this.matches.filter(
      ({ column, index, positions }) =>
        column.type === 'text' &&
        index !== target?.index &&
        !this.filters.some((filter) => filter.index === index) &&
        positions.some((at) => isGroup(at) || (asksWhich && isExtreme && at <= 3)),
    );
    const subject = clearBest(subjects);
    if (!subject) return null;
    this.explain(subject.positions);
    return subject.index;
  }

  private explain(positions: readonly number[]): void {
    for (const at of positions) this.explained.add(at);
  }
}
