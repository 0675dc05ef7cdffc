import { createRandom, testSeed } from '@lorebox/testkit/random';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { deserialize, serialize, serializeToText } from './transformer.ts';

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

describe('deserialize', () => {
  it('reads what clients write with superjson: JSON, dates and undefined', () => {
    const random = createRandom(testSeed());
    const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)] as T;
    const make = (depth: number): unknown => {
      const kind =
        depth > 3 ? pick(['text', 'date', 'number']) : pick(['text', 'date', 'none', 'list', 'object', 'gap']);
      if (kind === 'date') return new Date(Math.floor(random() * 1e13));
      if (kind === 'number') return random();
      if (kind === 'none') return null;
      if (kind === 'gap') return undefined;
      if (kind === 'list') return Array.from({ length: 3 }, () => make(depth + 1));
      if (kind === 'text') return pick(['', 'a.b', '\\', '["Date"]', '__proto__']);
      return Object.fromEntries(
        pick([
          ['a', 'b.c'],
          ['\\.', ''],
          ['0', 'length'],
        ]).map((key) => [key, make(depth + 1)]),
      );
    };
    for (let i = 0; i < 300; i += 1) {
      const input = { value: make(0), same: make(2) };
      const wire = () => JSON.parse(JSON.stringify(superjson.serialize(input)));
      expect(deserialize(wire())).toEqual(superjson.deserialize(wire()));
    }
  });

  it.each<[string, unknown]>([
    ['a bigint', { json: '9'.repeat(1000), meta: { values: ['bigint'] } }],
    ['a set', { json: { a: [1] }, meta: { values: { a: ['set'] } } }],
    ['a regular expression', { json: { a: '/(a+)+$/' }, meta: { values: { a: ['regexp'] } } }],
    ['a class', { json: { a: {} }, meta: { values: { a: [['class', 'User']] } } }],
    ['a date that is an object', { json: { a: {} }, meta: { values: { a: ['Date'] } } }],
    ["a path that doesn't exist", { json: {}, meta: { values: { 'a.b.c': ['Date'] } } }],
    ['a path into the prototype', { json: {}, meta: { values: { '__proto__.polluted': ['Date'] } } }],
    ['an own key __proto__', { json: JSON.parse('{"__proto__":"x"}'), meta: { values: { __proto__x: ['Date'] } } }],
    ['an endless path', { json: {}, meta: { values: { [Array(1000).fill('a').join('.')]: ['Date'] } } }],
    ['values that are text', { json: {}, meta: { values: 'Date' } }],
    ['values that are null', { json: {}, meta: { values: null } }],
    ['meta that is a number', { json: {}, meta: 7 }],
    ['annotations of annotations', { json: { a: 1 }, meta: { values: { a: { b: { c: ['Date'] } } } } }],
  ])('refuses %s with BAD_REQUEST', (_name, wire) => {
    expect(() => deserialize(wire)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
