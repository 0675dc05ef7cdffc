import type { ComputedFact } from '../chat/material.ts';
import { neutralizeTitle } from '../chat/neutralize-markers.ts';
import type { TableAnswer } from './run-plans.ts';

const MAX_LABEL_LENGTH = 100;

/** The total of the same sum or count over several tables. Null if they don't match. */
export function addResults(answers: readonly TableAnswer[], computed: readonly ComputedFact[]): ComputedFact | null {
  const [first] = answers;
  const total = first?.plan.total;
  if (answers.length < 2 || !total) return null;
  const isSame = answers.every(({ plan }) => plan.total?.label === total.label && plan.total.unit === total.unit);
  const values = answers.map(({ result }) => result.rows[0]?.[0]);
  if (!isSame || !values.every((value) => typeof value === 'number')) return null;
  const decimals = answers.reduce((max, { plan }) => Math.max(max, plan.total?.decimals ?? 0), 0);
  const sum = values.reduce((all, value) => all + value, 0).toFixed(decimals);
  const unit = total.unit === null ? '' : ` ${neutralizeTitle(total.unit)}`;
  const label = neutralizeTitle(total.label).slice(0, MAX_LABEL_LENGTH);
  return {
    statement: `In all ${answers.length} tables together, ${label} is ${sum}${unit}.`,
    values: [Number(sum)],
    sources: computed.flatMap(({ sources }) => sources.slice(0, 1)),
  };
}
