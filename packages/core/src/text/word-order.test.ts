import { describe, expect, it } from 'vitest';
import { isExchanged, readWordOrder } from './word-order.ts';

const exchanged = (a: string, b: string) => isExchanged(readWordOrder(a), readWordOrder(b));

describe('isExchanged', () => {
  it.each([
    ['Smith sued Jones in Ohio.', 'Jones sued Smith in Ohio.'],
    ['The dog was bitten by the postman.', 'The postman was bitten by the dog.'],
    ['Smith sued Jones.', 'Smith was sued by Jones.'],
    ['The bus runs from Ulm to Bonn.', 'The bus runs from Bonn to Ulm.'],
    ['Der Hund biss den Briefträger.', 'Der Briefträger biss den Hund.'],
    ['Iron is heavier than wood.', 'Wood is heavier than iron.'],
    ['买方向卖方付款', '卖方向买方付款'],
  ])('%j and %j', (a, b) => {
    expect(exchanged(a, b)).toBe(true);
  });

  it.each([
    ['Smith sued Jones in 2018.', 'In 2018, Smith sued Jones.'],
    ['The postman was bitten by the dog.', 'The dog bit the postman.'],
    ['Anna, Bert and Carl live there.', 'Carl, Bert and Anna live there.'],
    ['Bees visit flowers in the meadow.', 'In the meadow, bees visit flowers.'],
    ['Der Chef gibt dem Boten den Brief.', 'Dem Boten gibt der Chef den Brief.'],
    ['', ''],
  ])('not %j and %j', (a, b) => {
    expect(exchanged(a, b)).toBe(false);
  });
});
