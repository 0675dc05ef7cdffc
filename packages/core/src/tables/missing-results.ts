import type { ComputedFact } from '../chat/material.ts';
import type { Passage } from '../chat/passage.ts';
import type { CitedClaim } from '../chat/sentence-citer.ts';
import { numbersIn } from './read-number.ts';

/**
 * Statements of results that the answer lacks, with markers, and their claims. A result that the answer contains without
 * citing its cells is stated too, so that it can be checked. `length` is the length of the answer.
 */
export function findMissingResults(
  computed: readonly ComputedFact[],
  answer: string,
  cited: readonly CitedClaim[],
  length: number,
): { text: string; claims: CitedClaim[] } {
  const numbers = new Set(numbersIn(answer));
  const folded = answer.toLowerCase();
  const hasValue = (value: string | number | null) =>
    value === null || (typeof value === 'number' ? numbers.has(value) : folded.includes(value.toLowerCase()));
  const claims: CitedClaim[] = [];
  let text = '';
  for (const { statement, values, sources } of computed) {
    if (values.every(hasValue) && cited.some(({ n }) => sources.includes(n))) continue;
    text += length + text.length === 0 ? '' : '\n\n';
    const start = length + text.length;
    const claim = { start, end: start + statement.length, text: statement, origin: 'matched' as const };
    claims.push(...sources.map((n) => ({ n, ...claim })));
    text += `${statement}${sources.map((n) => ` [${n}]`).join('')}`;
  }
  return { text, claims };
}

/** Passages with the results that were calculated from them, to judge sentences by. Their numbers are in no cell. */
export function withResults(passages: readonly Passage[], computed: readonly ComputedFact[] = []): Passage[] {
  return passages.map((passage) => {
    const own = computed.filter(({ sources }) => sources.includes(passage.n)).map(({ statement }) => statement);
    return own.length === 0 ? passage : { ...passage, text: [passage.text, ...own].join('\n') };
  });
}
