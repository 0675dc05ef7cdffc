import type { HealthCheck } from '@lorebox/contract/health';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDuration, formatNumber } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';

const REFRESH_MS = 30_000;

/** What is wrong, what to do, and how much there is. */
export function OverviewPage() {
  const t = useT();
  const health = useQuery({
    ...query('system.health', api.system.health, undefined),
    refetchInterval: REFRESH_MS,
  });
  const items = health.data?.items ?? [];
  const problems = items.filter(({ severity }) => severity !== 'ok');
  return (
    <AdminPage
      title={t('Overview')}
      actions={
        <Button isBusy={health.isFetching} onClick={() => health.refetch()}>
          <RefreshCw className="size-4" aria-hidden />
          {t('Check again')}
        </Button>
      }
    >
      <Status />
      {health.isPending && <Loading />}
      {health.error && <ProblemNote error={health.error} onRetry={health.refetch} />}
      {health.data && (
        <>
          <Section title={problems.length === 0 ? t('Everything works') : t('What needs attention')}>
            {problems.length > 0 && <CheckList items={problems} />}
          </Section>
          <Section title={t('Checks')}>
            <CheckList items={items.filter(({ severity }) => severity === 'ok')} />
          </Section>
        </>
      )}
    </AdminPage>
  );
}

const ICONS = {
  ok: <CircleCheck className="mt-0.5 size-4.5 shrink-0 text-accent" aria-hidden />,
  warning: <TriangleAlert className="mt-0.5 size-4.5 shrink-0 text-warning" aria-hidden />,
  error: <CircleAlert className="mt-0.5 size-4.5 shrink-0 text-danger" aria-hidden />,
};

/** Page where a problem can be solved. */
const PLACES: Partial<Record<HealthCheck['id'], { to: string; isAdminOnly: boolean }>> = {
  models: { to: '/admin/models', isAdminOnly: true },
  embedder: { to: '/admin/models', isAdminOnly: true },
  webhooks: { to: '/admin/webhooks', isAdminOnly: true },
  documents: { to: '/admin/workspaces', isAdminOnly: false },
  sources: { to: '/admin/workspaces', isAdminOnly: false },
};

const checkNames = (t: Translate): Record<HealthCheck['id'], string> => ({
  disk: t('Disk space'),
  'data-folder': t('Data folder'),
  database: t('Database'),
  models: t('Models'),
  embedder: t('Embedder'),
  'vector-backend': t('Vector backend'),
  documents: t('Documents'),
  sources: t('Sources'),
  webhooks: t('Webhooks'),
  sandbox: t('Parser isolation'),
  'clean-up': t('Removal of expired data'),
  version: t('Version'),
});

function CheckList({ items }: { items: readonly HealthCheck[] }) {
  const t = useT();
  const { role } = useSession();
  const severities = { ok: t('Works'), warning: t('Warning'), error: t('Error') };
  return (
    <ul className="flex flex-col gap-2">
      {items.map(({ id, severity, message, action }) => {
        const place = severity === 'ok' ? undefined : PLACES[id];
        return (
          <li key={id} className="flex gap-3 rounded-lg border p-3 text-sm">
            {ICONS[severity]}
            <div className="min-w-0">
              <p className="font-medium">
                <span className="sr-only">{severities[severity]}: </span>
                {checkNames(t)[id]}
              </p>
              <p className="break-words text-muted">{message}</p>
              {action && <p className="mt-1 break-words">{action}</p>}
              {place && (!place.isAdminOnly || role === 'admin') && (
                <Link to={place.to} className="mt-1 inline-block text-accent underline">
                  {t('Open')}
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Status() {
  const t = useT();
  const { data } = useQuery({ ...query('status', api.status, undefined), refetchInterval: REFRESH_MS });
  if (!data) return null;
  const { documents, chunks, jobs, defaultModel, embedder, uptimeSeconds } = data;
  return (
    <dl className="mb-8 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure name={t('Searchable documents')} value={formatNumber(documents.ready)} />
      <Figure name={t('Chunks')} value={formatNumber(chunks)} />
      <Figure name={t('Jobs')} value={t('{count} waiting or running', { count: jobs.queued + jobs.running })} />
      <Figure name={t('Running for')} value={formatDuration(uptimeSeconds)} />
      <Figure name={t('Default model')} value={<code dir="ltr">{defaultModel}</code>} isWide />
      <Figure name={t('Embedder')} value={<code dir="ltr">{embedder.modelId}</code>} isWide />
    </dl>
  );
}

function Figure({ name, value, isWide = false }: { name: string; value: ReactNode; isWide?: boolean }) {
  return (
    <div className={`rounded-lg border bg-raised p-3 ${isWide ? 'col-span-2' : ''}`}>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="font-medium break-words">{value}</dd>
    </div>
  );
}
