import { describe, expect, it } from 'vitest';
import { lacksQuantity, readQuantities } from './quantities.ts';

const lacks = (claim: string, passage: string) =>
  lacksQuantity(readQuantities(claim), readQuantities(passage), (word) => passage.includes(word));

describe('lacksQuantity', () => {
  it.each([
    ['It costs 1,250 euros', 'It costs €1250'],
    ['Es kostet 1.250 Euro', 'It costs 1,250 EUR'],
    ['Il coûte 1 250 euros', 'It costs 1250 euros'],
    ["It costs CHF 1'250", 'It costs 1,250 francs'],
    ['It costs 12.5 million', 'It costs 12,500,000'],
    ['After three months', 'After 3 months'],
    ['Nach drei Monaten', 'After 3 months'],
    ['It rose by 5 percent', 'It rose by 5%'],
    ['On 1 March 2024', 'On 2024-03-01'],
    ['Am 1. März 2024', 'On March 1st, 2024'],
    ['2024年3月1日', 'On 01.03.2024'],
    ['5 марта 2021 года', 'On 5 March 2021'],
    ['In 2024', 'On 1 March 2024'],
    ['At 9:05 pm', 'At 21:05'],
    ['It is -5 °C', 'It is −5 °C'],
    ['في ١٢ يوما', 'In 12 days'],
    ['60 screws', '| 60 120 |'],
    ['The share is 5 %', '| Share in % | 5 |'],
    ['There are two exceptions', 'Dogs and cats may enter'],
  ])('%j is in %j', (claim, passage) => {
    expect(lacks(claim, passage)).toBe(false);
  });

  it.each([
    ['It costs 1,520 euros', 'It costs 1,250 euros'],
    ['It rose by 5 %', 'It rose by 5'],
    ['It is 3 °C', 'It is -3 °C'],
    ['It weighs 10 lb', 'It weighs 10 kg'],
    ['After three years', 'After three months'],
    ['It holds two pumps', 'It holds three pumps'],
    ['On 3 March 2024', 'On 1 March 2024'],
    ['On 1 May 2024', 'On 1 March 2024'],
    ['At 9:05', 'At 9:50'],
    ['It is 5.3 bar', 'It is 3.5 bar'],
    ['It costs 12 million', 'It costs 12 billion'],
  ])('%j is not in %j', (claim, passage) => {
    expect(lacks(claim, passage)).toBe(true);
  });
});
