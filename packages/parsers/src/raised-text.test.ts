import { expect, it } from 'vitest';
import { appendLowered, appendRaised } from './raised-text.ts';

it.each([
  ['10', '3', '10^3'],
  ['6.02 x 10', '23', '6.02 x 10^23'],
  ['x', '2', 'x^2'],
  ['5 km', '2', '5 km^2'],
  ['s', '-1', 's^-1'],
  ['230', '1', '230 [1]'],
  ['see note', '4', 'see note [4]'],
  ['Add ', '1', 'Add [1]'],
  ['end.', '1,2', 'end. [1,2]'],
  ['1', 'st', '1st'],
  ['e', 'x+1', 'e^(x+1)'],
  ['(a+b)', '2', '(a+b)^2'],
  ['cited', '[7]', 'cited [7]'],
])('raises: %s, %s', (text, raised, expected) => {
  expect(appendRaised(text, raised)).toBe(expected);
});

it.each([
  ['H', '2', 'H2'],
  ['101', '2', '101_2'],
  ['x', 'i', 'xi'],
  ['Add [1]/', '2', 'Add 1/2'],
  ['3^1⁄', '2', '3 1/2'],
  ['1/', '2', '1/2'],
])('lowers: %s, %s', (text, lowered, expected) => {
  expect(appendLowered(text, lowered)).toBe(expected);
});
