import { createRandom, testSeed } from '@lorebox/testkit/random';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { transformer } from './transformer.ts';

const { deserialize } = transformer.input;

describe('deserialize', () => {
  it('reads JSON, dates and undefined from superjson clients', () => {
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
  ])('rejects %s with BAD_REQUEST', (_name, wire) => {
    expect(() => deserialize(wire)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
