import { expect, it } from 'vitest';
import { withoutNulls } from './without-nulls.ts';

it('drops null fields at any depth, but keeps array elements', () => {
  const value = { a: null, b: { c: null, d: 0 }, e: [null, { f: null, g: '' }] };
  expect(withoutNulls(value)).toEqual({ b: { d: 0 }, e: [null, { g: '' }] });
  expect(withoutNulls(null)).toBeNull();
});

it('leaves JSON schemas unchanged', () => {
  const schema = { default: null, properties: { a: { const: null } } };
  expect(withoutNulls({ schema, parameters: schema })).toEqual({ schema, parameters: schema });
});
