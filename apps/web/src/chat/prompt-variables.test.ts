import { expect, it } from 'vitest';
import { fillVariables, variablesOf } from './prompt-variables.ts';

it('finds each variable once, in any script', () => {
  expect(variablesOf('Summarize {{document}} for {{ Zielgruppe }} and {{document}}. {not} {{}}')).toEqual([
    'document',
    'Zielgruppe',
  ]);
});

it('fills variables and keeps those without a value', () => {
  expect(fillVariables('{{a}} and {{b}}', { a: '$& {{b}}' })).toBe('$& {{b}} and {{b}}');
});
