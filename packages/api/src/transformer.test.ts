import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { serialize, serializeToText } from './transformer.ts';

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
    expect(JSON.parse(serializeToText(value))).toEqual(wire);
  });

  it('writes what superjson writes, date for date', () => {
    const [first, second] = [new Date(1), new Date(2)];
    const value = { items: [{ first, b: { 'x.y': second } }], third: new Date(3) };
    expect(serialize(value)).toEqual(superjson.serialize(value));
  });

  it('writes times like toISOString', () => {
    const times = [0, -1, 1, 999, 86_399_999, 86_400_000, 1_780_000_123_456, -62_135_596_800_001, 8.64e15, -8.64e15];
    for (let i = 0; i < 2000; i += 1) times.push(Math.floor((Math.random() - 0.5) * 1e14));
    for (const time of times) {
      const at = new Date(time);
      expect(serialize({ at }).json).toEqual({ at: at.toISOString() });
    }
  });

  it('leaves undefined out, which reads the same', () => {
    expect(superjson.deserialize(serialize({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });
});
