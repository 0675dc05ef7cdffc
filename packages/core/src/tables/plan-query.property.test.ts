import { createRandom, testSeed } from '@lorebox/testkit/random';
import { inlineTables } from '@lorebox/testkit/test-core/inline-tables';
import { expect, it } from 'vitest';
import { planQueries } from './plan-query.ts';
import { readTableQuestion } from './read-question.ts';
import { readTables } from './read-tables.ts';

const COUNTRIES = ['Norway', 'New Zealand', "Côte d'Ivoire", '"Quoted"; --', '挪威'];
const STATES = ['Open', 'Paid', 'Cancelled'];
const NUMBER_FORMATS: readonly ((cents: number) => string)[] = [
  (cents) => (cents / 100).toFixed(2),
  (cents) => (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }),
  (cents) => (cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 }),
  (cents) => (cents < 0 ? `($${(-cents / 100).toFixed(2)})` : `$${(cents / 100).toFixed(2)}`),
  (cents) => `${(cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 })} €`,
];
const ROUNDS = 60;
const random = createRandom(testSeed());
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

interface Order {
  country: string;
  state: string;
  /** Null for an empty cell. */
  cents: number | null;
  year: string;
}

function makeOrders(): Order[] {
  return Array.from({ length: COUNTRIES.length + Math.floor(random() * 40) }, (_, i) => ({
    country: COUNTRIES[i] ?? pick(COUNTRIES),
    state: STATES[i] ?? pick(STATES),
    cents: i > 4 && random() < 0.1 ? null : Math.floor((random() - 0.2) * 10_000_000),
    year: pick(['2023', '2024']),
  }));
}

/** The table as stored: a title above it in some, the columns in any order, a total below it in some. */
function store(orders: readonly Order[], format: (cents: number) => string): string {
  const columns: readonly [string, (order: Order) => string][] = [
    ['Country', ({ country }) => country],
    ['Amount', ({ cents }) => (cents === null ? '' : format(cents))],
    ['Status', ({ state }) => state],
    ['Date', ({ year }) => `${year}-06-15`],
  ];
  const order = columns.map((column) => ({ column, key: random() })).sort((a, b) => a.key - b.key);
  const toRow = (cells: readonly string[]) => cells.join(' | ').trim().replaceAll('|  |', '| |');
  const rows = [
    toRow(order.map(({ column: [name] }) => name)),
    ...orders.map((each) => toRow(order.map(({ column: [, cell] }) => cell(each)))),
  ];
  if (random() < 0.5) rows.unshift('Report of all orders');
  if (random() < 0.5) rows.push('Total | 999999');
  return rows.join('\n');
}

async function query(question: string, text: string) {
  let at = 0;
  const blocks = text.split('\n').map((line) => {
    const block = { kind: 'table-row' as const, start: at, end: at + line.length };
    at += line.length + 1;
    return block;
  });
  const [table] = await readTables(text, blocks);
  const asked = readTableQuestion(question);
  const plans = table && asked && planQueries(question, asked, { table, view: 'orders', documentName: 'orders' });
  if (!table || !plans?.[0]) throw new Error(`There is no plan for: ${question}\n${text}`);
  const [result] = await inlineTables.query({ ...table, name: 'orders' }, [plans[0].sql]);
  return result?.rows ?? [];
}

it('returns what a plain computation over the same rows returns', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const orders = makeOrders();
    const stored = store(orders, pick(NUMBER_FORMATS));
    const country = pick([null, ...COUNTRIES]);
    const state = pick([null, ...STATES]);
    const year = pick([null, '2023', '2024']);
    const scope = [state ?? '', 'orders', country ? `from ${country}` : '', year ? `in ${year}` : ''].join(' ');
    const text = `${scope}\n${stored}`;
    const matching = orders.filter(
      (order) =>
        (country === null || order.country === country) &&
        (state === null || order.state === state) &&
        (year === null || order.year === year),
    );
    const cents = matching.flatMap((order) => order.cents ?? []);
    const sum = cents.reduce((all, value) => all + value, 0) / 100;
    expect((await query(`How many ${scope}?`, stored))[0]?.[0], text).toBe(matching.length);
    const [total] = await query(`What is the total amount of the ${scope}?`, stored);
    expect(total?.[0] ?? 0, text).toBeCloseTo(sum, 6);
    expect(total?.[1]).toBe(cents.length);
    const highest = await query(`What is the highest amount of ${scope}?`, stored);
    expect(highest[0]?.at(-1) ?? null, text).toBe(cents.length > 0 ? Math.max(...cents) / 100 : null);
    const lowest = await query(`What is the lowest amount of ${scope}?`, stored);
    expect(lowest[0]?.at(-1) ?? null, text).toBe(cents.length > 0 ? Math.min(...cents) / 100 : null);
    const [average] = await query(`What is the average amount of the ${scope}?`, stored);
    expect(average?.[0] ?? 0, text).toBeCloseTo(cents.length > 0 ? sum / cents.length : 0, 3);
  }
});
