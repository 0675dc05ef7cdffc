import type { UsageGrouping, UsageRow } from '@lorebox/contract/usage';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { SelectField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { UsageTable } from './usage-table.tsx';

const UsageCharts = lazy(() => import('./usage-charts.tsx'));

const DAY_MS = 86_400_000;

/** Questions, tokens and times, over time and per user, model and workspace. */
export function UsagePage() {
  const t = useT();
  const { workspaces } = useWorkspaces();
  const [days, setDays] = useState(30);
  const [workspace, setWorkspace] = useState('');
  // One value per day, so that the queries of one visit share their results.
  const today = Math.floor(Date.now() / DAY_MS);
  const period = useMemo(
    () => ({ since: new Date((today - days + 1) * DAY_MS), until: new Date(today * DAY_MS) }),
    [today, days],
  );
  const filter = { ...period, workspace: workspace || undefined };
  const byDay = useQuery(query('usage.summary', api.usage.summary, { ...filter, by: 'day' as const }));
  const rows = byDay.data?.items ?? [];
  return (
    <AdminPage title={t('Usage')}>
      <div className="mb-6 flex flex-wrap gap-3">
        <SelectField
          label={t('Period')}
          value={String(days)}
          options={[
            ['7', t('7 days')],
            ['30', t('30 days')],
            ['90', t('90 days')],
            ['366', t('One year')],
          ]}
          onChange={({ target }) => setDays(Number(target.value))}
        />
        <SelectField
          label={t('Workspace')}
          value={workspace}
          options={[['', t('All workspaces')], ...workspaces.map(({ id, name }) => [id, name] as const)]}
          onChange={({ target }) => setWorkspace(target.value)}
        />
      </div>
      {byDay.isPending && <Loading />}
      {byDay.error && <ProblemNote error={byDay.error} onRetry={byDay.refetch} />}
      {byDay.data && rows.length === 0 && <Empty title={t('No questions in this period')} />}
      {rows.length > 0 && (
        <>
          <Totals rows={rows} />
          <Suspense fallback={<Loading />}>
            <UsageCharts rows={rows} since={period.since} days={days} />
          </Suspense>
          <Group title={t('Users')} by="user" filter={filter} />
          <Group title={t('Models')} by="model" filter={filter} />
          {workspace === '' && <Group title={t('Workspaces')} by="workspace" filter={filter} />}
        </>
      )}
    </AdminPage>
  );
}

interface GroupProps {
  title: string;
  by: UsageGrouping;
  filter: { since: Date; until: Date; workspace: string | undefined };
}

function Group({ title, by, filter }: GroupProps) {
  const t = useT();
  const { data, error } = useQuery(query('usage.summary', api.usage.summary, { ...filter, by }));
  return (
    <Section title={title}>
      {error && <ProblemNote error={error} />}
      {data && <UsageTable rows={data.items} caption={title} unnamed={by === 'user' ? t('API keys') : t('None')} />}
    </Section>
  );
}

function Totals({ rows }: { rows: readonly UsageRow[] }) {
  const t = useT();
  const sum = (name: 'questions' | 'failed' | 'inputTokens' | 'outputTokens') =>
    formatNumber(rows.reduce((total, row) => total + row[name], 0));
  const figures = [
    [t('Questions'), sum('questions')],
    [t('Failed'), sum('failed')],
    [t('Tokens read'), sum('inputTokens')],
    [t('Tokens written'), sum('outputTokens')],
  ] as const;
  return (
    <dl className="mb-8 grid grid-cols-2 gap-3 lg:grid-cols-4">
      {figures.map(([name, value]) => (
        <div key={name} className="rounded-lg border bg-raised p-3">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-lg font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
