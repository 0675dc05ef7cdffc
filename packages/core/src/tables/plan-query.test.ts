import { inlineTables } from '@lorebox/testkit/test-core/inline-tables';
import { describe, expect, it } from 'vitest';
import { planQueries } from './plan-query.ts';
import { readTableQuestion } from './read-question.ts';
import { readTables } from './read-tables.ts';

interface Fixture {
  title: string;
  rows: string[];
}

const ORDERS: Fixture = {
  title: 'Orders',
  rows: [
    'Order ID | Date | Country | Customer | Status | Amount | Units',
    '1001 | 2023-03-01 | Norway | Acme | Open | 10.10 | 1',
    '1002 | 2024-03-02 | Norway | Birch | Cancelled | 20.20 | 2',
    '1003 | 2024-03-09 | Sweden | Acme | Open | 30.30 | 3',
    '1004 | 2024-05-01 | Denmark | Cedar | Open | 99.90 | 4',
    'Total | | | | | 160.50 | 10',
  ],
};
const REGIONS: Fixture = { title: 'Regions', rows: ['Region | 2022 | 2023', 'North | 10 | 20', 'South | 1 | 2'] };
const UMSATZ: Fixture = {
  title: 'Umsätze',
  rows: ['Land | Umsatz', 'Norwegen | 1.250,50 €', 'Österreich | 300,25 €'],
};
const VENTES: Fixture = { title: 'Ventes', rows: ['Pays | Montant', 'Norvège | 12,50', 'Suède | 7,25'] };
const PEDIDOS: Fixture = { title: 'Pedidos', rows: ['País | Importe', 'Noruega | 12.50', 'Suecia | 7.25'] };
const CHINESE: Fixture = { title: '订单', rows: ['国家 | 金额', '挪威 | 12.5', '瑞典 | 7.5'] };

async function answer(question: string, { title, rows }: Fixture): Promise<string | null> {
  const asked = readTableQuestion(question);
  let at = 0;
  const blocks = rows.map((row) => {
    const block = { kind: 'table-row' as const, start: at, end: at + row.length };
    at += row.length + 1;
    return block;
  });
  const [table] = await readTables(rows.join('\n'), blocks);
  const plans = asked && table && planQueries(question, asked, { table, view: title, documentName: title });
  if (!plans || !table) return null;
  const queryable = { name: title, columns: table.columns, rows: table.rows };
  const results = await inlineTables.query(
    queryable,
    plans.map(({ sql }) => sql),
  );
  return plans
    .flatMap((plan, i) => {
      const result = results[i];
      return result ? [plan.describe(result)?.text ?? ''] : [];
    })
    .join(' ');
}

describe('questions about a table', () => {
  it.each([
    ['How many orders are there?', ORDERS, 'There are 4 rows.'],
    ['How many orders from Norway?', ORDERS, 'There are 2 rows where Country is Norway.'],
    ['How many open orders are there in 2024?', ORDERS, 'There are 2 rows where Status is Open and Date is in 2024.'],
    ['How many orders from Norway and Sweden?', ORDERS, 'There are 3 rows where Country is Norway or Sweden.'],
    [
      'What is the total of the amount column for 2024?',
      ORDERS,
      'The sum of Amount is 150.40 where Date is in 2024 (over 3 rows).',
    ],
    [
      'What is the total amount of orders in March 2024?',
      ORDERS,
      'The sum of Amount is 50.50 where Date is in 2024-03 (over 2 rows).',
    ],
    ['What is the average amount?', ORDERS, 'The average of Amount is 40.125 (over 4 rows).'],
    ['How many orders are there, and their total?', ORDERS, 'There are 4 rows, and the sum of Amount is 160.50.'],
    ['How many units were sold?', ORDERS, 'The sum of Units is 10 (over 4 rows).'],
    ['How many countries are there?', { ...ORDERS, title: 'x' }, 'There are 3 different values of Country.'],
    ['Which order has the highest amount?', ORDERS, 'The highest Amount in one row is 99.90 (Country: Denmark).'],
    [
      'What is the total amount by country?',
      ORDERS,
      'The sum of Amount by Country is Denmark: 99.90; Norway: 30.30; Sweden: 30.30.',
    ],
    ['Which country has the highest total amount?', ORDERS, 'The highest sum of Amount by Country is Denmark: 99.90.'],
    ['List all customers', ORDERS, 'There are 3 different values of Customer: Acme, Birch, Cedar.'],
    ['What is the total for 2023?', REGIONS, 'The sum of 2023 is 22 (over 2 rows).'],
    ['Wie hoch ist der gesamte Umsatz?', UMSATZ, 'The sum of Umsatz is 1550.75 € (over 2 rows).'],
    ['Was ist die Summe der Umsätze?', UMSATZ, 'The sum of Umsatz is 1550.75 € (over 2 rows).'],
    ['Welches Land hat den höchsten Umsatz?', UMSATZ, 'The highest Umsatz in one row is 1250.50 € (Land: Norwegen).'],
    ['Quel est le montant total ?', VENTES, 'The sum of Montant is 19.75 (over 2 rows).'],
    ['¿Cuál es el importe total de los pedidos?', PEDIDOS, 'The sum of Importe is 19.75 (over 2 rows).'],
    ['金额的总和是多少？', CHINESE, 'The sum of 金额 is 20.0 (over 2 rows).'],
    ['挪威的平均金额是多少？', CHINESE, 'The average of 金额 is 12.5 where 国家 is 挪威 (over 1 row).'],
  ] as const)('%s', async (question, fixture, expected) => {
    expect(await answer(question, fixture)).toBe(expected);
  });

  it.each([
    'Which country does Acme come from?',
    'How many orders are not open?',
    'How many orders were shipped late?',
    'How many orders over 20?',
    'What is the total weight of the orders?',
    'What is the median amount?',
    'What is the total amount in 2019 and 2020?',
    'How many employees are there?',
    'What is the highest mountain in Norway?',
    'What is the total amount of orders from Finland?',
    'What is the total liability under the contract?',
  ])('are not answered if a word is unexplained: %s', async (question) => {
    expect(await answer(question, ORDERS)).toBeNull();
  });

  it('are not answered with a sum of different currencies', async () => {
    expect(
      await answer('What is the total price?', { title: 'x', rows: ['Item | Price', 'a | $5', 'b | €6'] }),
    ).toBeNull();
  });
});
