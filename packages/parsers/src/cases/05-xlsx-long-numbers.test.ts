import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('shows stored numbers, whatever the format hides', async () => {
  const [, valve, gasket] = listRows(await parseCase('05-xlsx-long-numbers', 'items.xlsx'));
  expect(valve).toEqual([
    ...['Valve', '4006381333931', '123456789012345', '15.5%', '1,234.50 €', '42:00', '2024-03-15 14:30', '08:45'],
    ...['0.123456789', '0.0000123', '', '00042', 'TRUE', '12345678901', '3.14159', '4915112345678'],
  ]);
  expect(gasket).toEqual([
    ...['Gasket', '9780306406157', '998877665544332', '7.5%', '19.99 €', '60:00', '2024-12-01', '17:05'],
    ...['0.333333333333333', '1234567.891', '', '00007', 'FALSE', '123456789012', '2.71', '491701234567'],
  ]);
});
