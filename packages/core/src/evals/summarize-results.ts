import type { AnswerMetrics, EvalMetrics, EvalResult } from '@lorebox/contract/eval';

type MeasuredAnswer = NonNullable<EvalResult['answer']>;

/** Averages the results of an eval run. Questions that failed count as 0, so that failures lower the metrics. */
export function summarizeResults(results: readonly EvalResult[]): EvalMetrics {
  const judged = results.filter(({ isJudged }) => isJudged);
  const timed = results.filter(({ error }) => error === null).map(({ latencyMs }) => latencyMs);
  const answers = results.flatMap(({ answer }) => answer ?? []);
  return {
    questions: judged.length,
    ndcg: mean(judged.map(({ ndcg }) => ndcg)),
    recall: mean(judged.map(({ recall }) => recall)),
    mrr: mean(judged.map(({ reciprocalRank }) => reciprocalRank)),
    hitRate: mean(judged.map(({ reciprocalRank }) => (reciprocalRank === 1 ? 1 : 0))),
    latencyP50: percentile(timed, 50),
    latencyP95: percentile(timed, 95),
    answers: answers.length === 0 ? null : summarizeAnswers(answers),
  };
}

function summarizeAnswers(answers: readonly MeasuredAnswer[]): AnswerMetrics {
  const sum = (key: 'sentences' | 'unsupported' | 'cited' | 'supported') =>
    answers.reduce((total, answer) => total + answer[key], 0);
  const latencies = answers.map(({ latencyMs }) => latencyMs);
  const recalls = answers.flatMap(({ recall }) => recall ?? []);
  return {
    refusalRate: mean(answers.map(({ refused }) => Number(refused))),
    correctRefusals: mean(answers.map(({ isCorrectRefusal }) => Number(isCorrectRefusal))),
    citationPrecision: sum('cited') === 0 ? null : sum('supported') / sum('cited'),
    unsupportedRate: sum('sentences') === 0 ? null : sum('unsupported') / sum('sentences'),
    answerRecall: recalls.length === 0 ? null : mean(recalls),
    latencyP50: percentile(latencies, 50),
    latencyP95: percentile(latencies, 95),
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest-rank percentile; 0 without values. */
function percentile(values: readonly number[], wanted: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((wanted / 100) * sorted.length) - 1)] ?? 0;
}
