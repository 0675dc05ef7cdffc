import { expect, it } from 'vitest';
import { parseKeepAlive } from './keep-alive.ts';

it.each([
  ['-1', -1],
  ['0', 0],
  ['30', 30],
  ['1800', 1800],
  [' 30m ', '30m'],
  ['1h30m', '1h30m'],
  ['-1m', '-1m'],
  ['1.5h', '1.5h'],
  ['500ms', '500ms'],
])('accepts %s', (text, value) => {
  expect(parseKeepAlive(text)).toBe(value);
});

it.each(['', 'forever', '30 m', '30min', 'm', '1d', '--1', '1.5', '0x10', '9'.repeat(20)])('rejects "%s"', (text) => {
  expect(parseKeepAlive(text)).toBeNull();
});
