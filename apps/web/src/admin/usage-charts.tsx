import type { UsageRow } from '@lorebox/contract/usage';
import { useMemo } from 'react';
import { useT } from '../i18n/use-t.ts';
import { LineChart } from '../ui/line-chart.tsx';
import { Section } from '../ui/page.tsx';

const DAY_S = 86_400;

export interface UsageChartsProps {
  /** One per day that has questions. */
  rows: readonly UsageRow[];
  since: Date;
  days: number;
}

/** Loaded on its own, because of the chart library. */
export default function UsageCharts({ rows, since, days }: UsageChartsProps) {
  const t = useT();
  const { times, charts } = useMemo(() => {
    const first = since.getTime() / 1000;
    const names = Array.from({ length: days }, (_, i) =>
      new Date((first + i * DAY_S) * 1000).toISOString().slice(0, 10),
    );
    // The chart shows local dates, so each day starts at the local midnight.
    const times = names.map((day) => new Date(`${day}T00:00`).getTime() / 1000);
    const byDay = new Map(rows.map((row) => [row.key, row]));
    const rowOf = names.map((day) => byDay.get(day));
    const count = (name: 'questions' | 'failed' | 'inputTokens' | 'outputTokens') =>
      rowOf.map((row) => row?.[name] ?? 0);
    const seconds = (name: 'latencyMsP50' | 'latencyMsP95' | 'firstTokenMsP50') =>
      rowOf.map((row) => (row?.[name] == null ? null : row[name] / 1000));
    return {
      times,
      charts: [
        {
          title: t('Questions per day'),
          series: [
            { name: t('Questions'), values: count('questions') },
            { name: t('Failed'), values: count('failed') },
          ],
        },
        {
          title: t('Tokens per day'),
          series: [
            { name: t('Tokens read'), values: count('inputTokens') },
            { name: t('Tokens written'), values: count('outputTokens') },
          ],
        },
        {
          title: t('Time of an answer in seconds'),
          series: [
            { name: t('Median'), values: seconds('latencyMsP50') },
            { name: t('95 % within'), values: seconds('latencyMsP95') },
            { name: t('First word'), values: seconds('firstTokenMsP50') },
          ],
        },
      ],
    };
  }, [rows, since, days, t]);
  return charts.map(({ title, series }) => (
    <Section key={title} title={title}>
      <LineChart label={title} times={times} series={series} />
    </Section>
  ));
}
