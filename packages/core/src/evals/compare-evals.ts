import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { CompareEvalsInput, EvalComparison, EvalMetrics, EvalResult, EvalRun } from '@lorebox/contract/eval';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findRun } from './find-run.ts';
import { permutationTest } from './permutation-test.ts';
import { mean } from './summarize-results.ts';

const PAGE = 200;
const MAX_CHANGES = 50;
const PER_QUESTION = ['ndcg', 'recall', 'reciprocalRank'] as const;
const NAMES = { ndcg: 'ndcg', recall: 'recall', reciprocalRank: 'mrr' } as const;

/** Two settings, or the same one at two dates, question by question. */
export async function compareEvals(core: Core, actor: Actor, input: CompareEvalsInput): Promise<EvalComparison> {
  requireScope(actor, 'evals:read');
  const [before, after] = [
    await findRun(core, actor, input.before, 'viewer'),
    await findRun(core, actor, input.after, 'viewer'),
  ];
  if (before.workspaceId !== after.workspaceId)
    throw new AppError('BAD_REQUEST', 'Only eval runs of the same workspace can be compared.');
  const earlier = new Map((await allResults(core, before)).map((result) => [result.question, result]));
  const pairs = (await allResults(core, after)).flatMap((result) => {
    const known = earlier.get(result.question);
    return known?.isJudged && result.isJudged ? [{ before: known, after: result }] : [];
  });
  const changes = pairs.map((pair) => {
    return { question: pair.after.question, before: pair.before.ndcg, after: pair.after.ndcg };
  });
  const changed = changes.filter((change) => change.after !== change.before);
  changed.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  return {
    before,
    after,
    questions: pairs.length,
    differences: [...pairedDifferences(pairs), ...otherDifferences(before.metrics, after.metrics)],
    better: changed.filter((change) => change.after > change.before).length,
    worse: changed.filter((change) => change.after < change.before).length,
    changes: changed.slice(0, MAX_CHANGES),
  };
}

function pairedDifferences(pairs: readonly { before: EvalResult; after: EvalResult }[]): EvalComparison['differences'] {
  if (pairs.length === 0) return [];
  return PER_QUESTION.map((key) => {
    const before = mean(pairs.map((pair) => pair.before[key]));
    const after = mean(pairs.map((pair) => pair.after[key]));
    const pValue = permutationTest(pairs.map((pair) => pair.after[key] - pair.before[key]));
    return { measure: NAMES[key], before, after, change: after - before, pValue };
  });
}

/** Of the runs as they were, over all of their questions. */
function otherDifferences(before: EvalMetrics | null, after: EvalMetrics | null): EvalComparison['differences'] {
  if (!before || !after) return [];
  const rows: [string, number | null | undefined, number | null | undefined][] = [
    ['latencyP95', before.latencyP95, after.latencyP95],
    ['citationPrecision', before.answers?.citationPrecision, after.answers?.citationPrecision],
    ['refusalRate', before.answers?.refusalRate, after.answers?.refusalRate],
    ['correctRefusals', before.answers?.correctRefusals, after.answers?.correctRefusals],
  ];
  return rows.flatMap(([measure, from, to]) =>
    typeof from === 'number' && typeof to === 'number'
      ? [{ measure, before: from, after: to, change: to - from, pValue: null }]
      : [],
  );
}

async function allResults(core: Core, { id: runId }: EvalRun): Promise<EvalResult[]> {
  const results: EvalResult[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await core.stores.evals.listResults({ runId, limit: PAGE, cursor });
    results.push(...page.items);
    if (page.nextCursor === null) return results;
    cursor = page.nextCursor;
  }
}
