import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { serialize } from './transformer.ts';

const at = new Date('2026-05-04T03:02:01.000Z');

describe('serialize', () => {
  const values: [string, unknown][] = [
    ['a page', { items: [{ id: 'a', at, n: 1.5, ok: true, none: null }], nextCursor: null }],
    ['odd keys', { 'a.b': { 'c\\d': at }, '': { e: at } }],
    ['no dates', { a: [1, 'two', [null]] }],
    ['a date alone', at],
    ['nothing', null],
    ['text', 'text'],
    [
      'what only superjson knows',
      { map: new Map([['k', at]]), set: new Set([1]), big: 10n, nan: Number.NaN, zero: -0 },
    ],
    ['an invalid date', { at: new Date(Number.NaN) }],
    ['undefined alone', undefined],
  ];
  it.each(values)('reads back like superjson: %s', (_name, value) => {
    const wire = JSON.parse(JSON.stringify(serialize(value)));
    const reference = JSON.parse(JSON.stringify(superjson.serialize(value)));
    expect(superjson.deserialize(wire)).toEqual(superjson.deserialize(reference));
  });

  it('writes what superjson writes, date for date', () => {
    const [first, second] = [new Date(1), new Date(2)];
    const value = { items: [{ first, b: { 'x.y': second } }], third: new Date(3) };
    expect(serialize(value)).toEqual(superjson.serialize(value));
  });

  it('leaves undefined out, which reads the same', () => {
    expect(superjson.deserialize(serialize({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });
});
