import type { EvalRun } from '@lorebox/contract/eval';
import { useT } from '../i18n/use-t.ts';
import { LineChart } from '../ui/line-chart.tsx';

/** nDCG and recall of the finished runs, oldest first. */
export function EvalChart({ runs }: { runs: readonly EvalRun[] }) {
  const t = useT();
  const done = runs.filter(({ metrics }) => metrics !== null).toReversed();
  if (done.length < 2) return null;
  return (
    <LineChart
      label={t('Quality over time')}
      times={done.map(({ startedAt }) => startedAt.getTime() / 1000)}
      series={[
        { name: 'nDCG', values: done.map(({ metrics }) => metrics?.ndcg ?? null) },
        { name: t('Recall'), values: done.map(({ metrics }) => metrics?.recall ?? null) },
      ]}
    />
  );
}
