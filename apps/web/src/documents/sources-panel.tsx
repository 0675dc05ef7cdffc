import type { SourceRun, SyncSource } from '@lorebox/contract/source';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatAgo, formatDateTime, formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Empty, Loading } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { SourceForm } from './source-form.tsx';

const REFRESH_MS = 3000;

/** Connected sources: when they were read, what changed, and what could not be read. */
export function SourcesPanel({ workspace, onClose }: { workspace: string; onClose(): void }) {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    ...query('sources.list', api.sources.list, { workspace, limit: 100 }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ state }) => state !== 'idle') ? REFRESH_MS : false),
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('Sources')}
      description={t('Websites, folders, repositories and mailboxes that Lorebox keeps in step with this workspace.')}
      actions={
        !isAdding && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus className="size-4" aria-hidden />
            {t('Add a source')}
          </Button>
        )
      }
    >
      {isAdding ? (
        <SourceForm workspace={workspace} onDone={() => setAdding(false)} />
      ) : isPending ? (
        <Loading />
      ) : error ? (
        <ProblemNote error={error} onRetry={refetch} />
      ) : data.items.length === 0 ? (
        <Empty title={t('No sources yet')} />
      ) : (
        <ul className="flex flex-col gap-3">
          {data.items.map((source) => (
            <SourceItem key={source.id} source={source} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function SourceItem({ source }: { source: SyncSource }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [isLogOpen, setLogOpen] = useState(false);
  const { id, name, connector, everyMinutes, state, items, lastRun, nextRunAt, enabled } = source;
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
      await queryClient.invalidateQueries({ queryKey: ['sources.list'] });
    } catch (error) {
      notifyProblem(error);
    }
  }
  return (
    <li className="rounded-xl border p-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        <Badge>{connector}</Badge>
        {state !== 'idle' && <Badge tone="ok">{state === 'waiting' ? t('Waiting') : t('Being read')}</Badge>}
        {!enabled && <Badge tone="warning">{t('Off')}</Badge>}
        <span className="ms-auto flex gap-1">
          {state === 'idle' ? (
            <Button size="small" onClick={() => run(() => api.sources.run.mutate({ sourceId: id }))}>
              {t('Read now')}
            </Button>
          ) : (
            <Button size="small" onClick={() => run(() => api.sources.cancel.mutate({ sourceId: id }))}>
              {t('Stop')}
            </Button>
          )}
          <Button
            size="small"
            onClick={() => run(() => api.sources.update.mutate({ sourceId: id, enabled: !enabled }))}
          >
            {enabled ? t('Turn off') : t('Turn on')}
          </Button>
          <Button
            size="small"
            variant="danger"
            onClick={() => run(() => api.sources.delete.mutate({ sourceId: id, keepDocuments: true }))}
          >
            {t('Disconnect')}
          </Button>
        </span>
      </div>
      <p className="mt-1 text-muted">
        {t('{count, plural, one {# document} other {# documents}}', { count: items })} ·{' '}
        {everyMinutes === null
          ? t('Only on request')
          : t('Every {count, plural, one {# minute} other {# minutes}}', { count: everyMinutes })}
        {nextRunAt && ` · ${t('next {time}', { time: formatAgo(nextRunAt) })}`}
      </p>
      {lastRun && <RunLine run={lastRun} />}
      <Button size="small" variant="ghost" aria-expanded={isLogOpen} onClick={() => setLogOpen(!isLogOpen)}>
        {isLogOpen ? t('Hide log') : t('Show log')}
      </Button>
      {isLogOpen && <RunLog sourceId={id} />}
    </li>
  );
}

function RunLog({ sourceId }: { sourceId: string }) {
  const { data, isPending } = useQuery(query('sources.runs', api.sources.runs, { sourceId, limit: 20 }));
  if (isPending) return <Loading />;
  return (
    <ol className="flex flex-col gap-2">
      {data?.items.map((run) => (
        <li key={run.id}>
          <RunLine run={run} />
          {run.problems.length > 0 && (
            <ul className="ms-4 list-disc text-danger">
              {run.problems.map(({ item, message }) => (
                <li key={item} className="break-words">
                  {item}: {message}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

function RunLine({ run }: { run: SourceRun }) {
  const t = useT();
  const { state, startedAt, counts, message } = run;
  return (
    <p className="text-muted">
      <Badge tone={state === 'failed' ? 'danger' : state === 'succeeded' ? 'ok' : 'neutral'}>{state}</Badge>{' '}
      {formatDateTime(startedAt)} ·{' '}
      {t('{added} added, {changed} changed, {removed} removed, {failed} failed', {
        added: formatNumber(counts.added),
        changed: formatNumber(counts.changed),
        removed: formatNumber(counts.removed),
        failed: formatNumber(counts.failed),
      })}
      {message && ` · ${message}`}
    </p>
  );
}
