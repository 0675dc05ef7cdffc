import { expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { listRows, parseCase } from '../testing/read-case.ts';

const CASE = '09-csv-delimiters';

it('09: decimal commas, bank exports and quotes keep their cells', async () => {
  expect(listRows(await parseCase(CASE, 'a-headerless.csv'))).toEqual([
    ['12,50', '3,75'],
    ['14,00', '4,10'],
    ['9,95', '2,05'],
  ]);
  expect(listRows(await parseCase(CASE, 'c-bank.csv'))).toEqual([
    ['Konto', 'DE00 1234'],
    ['Zeitraum', '01.01.2024 - 31.01.2024'],
    ['Buchung', 'Empfänger', 'Betrag'],
    ['02.01.2024', 'Müller, Söhne', '-1.234,56'],
    ['03.01.2024', 'Bäcker', '-12,30'],
  ]);
  expect(listRows(await parseCase(CASE, 'd-bom-quoted.csv'))).toEqual([
    ['Surname, first', 'Born', 'Note'],
    ['Doe, Jane', '1980', 'line one line "two", and three'],
    ['Roe, Rick', '1975', 'plain'],
  ]);
  expect(listRows(await parseCase(CASE, 'g-quote-inch.csv'))).toEqual([
    ['sku', 'desc', 'qty'],
    ['A1', '5" pipe, steel', '4'],
    ['A2', '6" pipe', '7'],
    ['A3', '"pipe" 8 inch', '9'],
    ['A4', 'plain', '11'],
  ]);
  const wide = listRows(await parseCase(CASE, 'j-wide.csv'));
  expect(wide.map(({ length }) => length)).toEqual([60, 60, 60, 60]);
  expect(wide[2]?.[58]).toBe('r2c59');
});

it.each([
  ['Schraube;1,25\nMutter;2,50\n', ['Schraube', '1,25']],
  ['00:15:00;1,250\n00:30:00;1,300\n', ['00:15:00', '1,250']],
  ['id, name\n1, "Smith, Al"\n', ['id', 'name'], ['1', 'Smith, Al']],
  ['id,name\n1 ,"Smith, Al" \n', ['id', 'name'], ['1', 'Smith, Al']],
  ['a,b\n"say \\"hi\\", ok",2\n', ['a', 'b'], ['say "hi", ok', '2']],
])('09: %j', async (text, ...rows) => {
  expect(listRows(await parse(text, 'a.csv')).slice(0, rows.length)).toEqual(rows);
});
