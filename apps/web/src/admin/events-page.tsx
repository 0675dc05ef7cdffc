import type { EventType, LoreboxEvent } from '@lorebox/contract/event';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { SelectField } from '../ui/field.tsx';
import { AdminPage } from './admin-page.tsx';
import { PagedList } from './paged-list.tsx';
import { EVENT_NAMES } from './webhook-dialogs.tsx';

/** Several events at once, as from an upload, refresh the list once. */
const REFRESH_DELAY_MS = 500;

/** What happened in the workspaces. New events appear by themselves. */
export function EventsPage() {
  const t = useT();
  const queryClient = useQueryClient();
  const { workspaces } = useWorkspaces();
  const [type, setType] = useState<EventType | ''>('');
  const [workspace, setWorkspace] = useState('');
  const filter = { type: type || undefined, workspace: workspace || undefined, limit: 50 };
  const list = useInfiniteQuery(pages('events.list', api.events.list, filter));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      for (const name of ['events.list', 'workspaces.list']) void queryClient.invalidateQueries({ queryKey: [name] });
    };
    const { unsubscribe } = api.events.watch.subscribe(
      { workspace: workspace || undefined },
      {
        onData() {
          timer ??= setTimeout(refresh, REFRESH_DELAY_MS);
        },
      },
    );
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [queryClient, workspace]);
  return (
    <AdminPage title={t('Event log')}>
      <div className="mb-4 flex flex-wrap gap-3">
        <SelectField
          label={t('Event')}
          value={type}
          options={[['', t('All events')], ...EVENT_NAMES.map((name) => [name, name] as const)]}
          onChange={({ target }) => setType(target.value as EventType | '')}
        />
        <SelectField
          label={t('Workspace')}
          value={workspace}
          options={[['', t('All workspaces')], ...workspaces.map(({ id, name }) => [id, name] as const)]}
          onChange={({ target }) => setWorkspace(target.value)}
        />
      </div>
      <PagedList list={list} empty={t('No events')}>
        {(event) => (
          <EventRow
            key={event.id}
            event={event}
            workspace={workspaces.find(({ id }) => id === event.workspaceId)?.name ?? event.workspaceId}
          />
        )}
      </PagedList>
    </AdminPage>
  );
}

function EventRow({ event, workspace }: { event: LoreboxEvent; workspace: string | null }) {
  const { type, timestamp, data } = event;
  return (
    <li className="rounded-lg border p-2.5 text-sm">
      <details>
        <summary className="cursor-pointer">
          <code dir="ltr" className="font-medium">
            {type}
          </code>{' '}
          <span className="text-muted">
            {formatDateTime(timestamp)}
            {workspace && ` · ${workspace}`}
            {'title' in data && ` · ${data.title}`}
            {'name' in data && ` · ${data.name}`}
          </span>
          {'message' in data && data.message && <span className="block text-danger">{data.message}</span>}
        </summary>
        <pre dir="ltr" className="mt-2 overflow-x-auto rounded-lg bg-surface p-2.5 text-xs">
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
    </li>
  );
}
