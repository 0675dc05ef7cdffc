import { expect, it } from 'vitest';
import { exampleOf } from './example.ts';
import type { JsonSchema } from './json-schema.ts';

const components: Record<string, JsonSchema> = {
  Book: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      kind: { enum: ['novel', 'poem'] },
      published: { type: 'string', format: 'date-time' },
      series: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      pages: { type: 'integer', minimum: 5 },
      isLent: { type: 'boolean' },
      next: { $ref: '#/components/schemas/Book' },
    },
  },
};

it('is generated from the schema, with given values by name', () => {
  const schema = { type: 'array', items: { $ref: '#/components/schemas/Book' } };
  const [book] = exampleOf(schema, (name) => components[name], { id: 'bok_1', series: null }) as [object];
  expect(book).toMatchObject({
    ...{ id: 'bok_1', kind: 'novel', published: '2026-01-15T09:30:00.000Z', series: null, pages: 5, isLent: true },
  });
});

it('terminates for recursive schemas', () => {
  expect(JSON.stringify(exampleOf({ $ref: '#/components/schemas/Book' }, (name) => components[name], {}))).toContain(
    '"next":null',
  );
});
