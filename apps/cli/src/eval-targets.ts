import type { EvalComparison, EvalMetrics, EvalRun } from '@lorebox/sdk';
import { InvalidArgumentError } from 'commander';

export const MEASURES = ['ndcg', 'recall', 'mrr', 'hitRate', 'citationPrecision', 'correctRefusals'] as const;
export type Measure = (typeof MEASURES)[number];
export type Target = [Measure, number];

/** Parses a target such as ndcg=0.7. */
export function parseTarget(text: string, before: Target[] = []): Target[] {
  const [name = '', value = ''] = text.split('=');
  const measure = MEASURES.find((each) => each === name);
  if (!measure || value === '' || !(Number(value) >= 0 && Number(value) <= 1))
    throw new InvalidArgumentError(
      `Use NAME=VALUE, where NAME is one of ${MEASURES.join(', ')} and VALUE is from 0 to 1.`,
    );
  return [...before, [measure, Number(value)]];
}

export function measured({ answers, ...metrics }: EvalMetrics, measure: Measure): number | null {
  if (measure === 'citationPrecision' || measure === 'correctRefusals') return answers?.[measure] ?? null;
  return metrics[measure];
}

/** Returns the missed targets of a run, one line each. */
export function missedTargets({ metrics }: EvalRun, targets: readonly Target[]): string[] {
  return targets.flatMap(([measure, least]) => {
    const value = metrics ? measured(metrics, measure) : null;
    if (value === null) return [`${measure} was not measured`];
    return value < least ? [`${measure} is ${value.toFixed(4)}, below the target ${least}`] : [];
  });
}

/** Returns the metrics that dropped by more than the allowed amount. */
export function regressions({ differences }: EvalComparison, maxDrop: number): string[] {
  const compared = differences.filter(({ measure }) => (MEASURES as readonly string[]).includes(measure));
  return compared.flatMap(({ measure, before, after, change }) =>
    change < -maxDrop ? [`${measure} dropped from ${before.toFixed(4)} to ${after.toFixed(4)}`] : [],
  );
}
