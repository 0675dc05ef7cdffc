import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { EmbeddingStatus } from '../settings/embedding-status.tsx';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';

const REFRESH_MS = 5000;

/** Workspaces whose documents are being embedded again. */
export function EmbedderChanges() {
  const t = useT();
  const { workspaces } = useWorkspaces();
  const jobs = useQuery({
    ...query('jobs.list', api.jobs.list, { kind: 'reembed' as const, limit: 200 }),
    refetchInterval: REFRESH_MS,
  });
  const changing = new Set(jobs.data?.items.map(({ workspaceId }) => workspaceId));
  const shown = workspaces.filter(({ id }) => changing.has(id));
  if (shown.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-sm font-medium">{t('Changing the embedder')}</h3>
      {shown.map(({ id, name }) => (
        <div key={id} className="rounded-lg border p-3">
          <p className="mb-1 text-sm font-medium">{name}</p>
          <EmbeddingStatus workspace={id} />
        </div>
      ))}
    </div>
  );
}
