import type { Workspace } from '@lorebox/contract/workspace';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDate } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { NewWorkspaceDialog } from '../shell/new-workspace-dialog.tsx';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Badge } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { PagedList, rowClass } from './paged-list.tsx';

export function WorkspacesPage() {
  const t = useT();
  const list = useWorkspaces();
  const [isCreating, setCreating] = useState(false);
  return (
    <AdminPage
      title={t('Workspaces')}
      actions={
        <Button onClick={() => setCreating(true)}>
          <Plus className="size-4" aria-hidden />
          {t('New workspace')}
        </Button>
      }
    >
      <PagedList list={list} empty={t('No workspaces yet')}>
        {(workspace) => <WorkspaceRow key={workspace.id} workspace={workspace} />}
      </PagedList>
      <NewWorkspaceDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </AdminPage>
  );
}

function WorkspaceRow({ workspace }: { workspace: Workspace }) {
  const t = useT();
  const { id, slug, name, model, localOnly, createdAt } = workspace;
  const { data } = useQuery(query('documents.summary', api.documents.summary, { workspace: id }));
  return (
    <li className={rowClass}>
      <span className="min-w-0 grow">
        <Link to="/w/$workspace" params={{ workspace: slug }} className="block truncate font-medium hover:underline">
          {name}
        </Link>
        <span className="text-muted">
          {data && `${t('{count, plural, one {# document} other {# documents}}', { count: data.ready })} · `}
          {model && (
            <>
              <code dir="ltr">{model}</code> ·{' '}
            </>
          )}
          {t('Since {time}', { time: formatDate(createdAt) })}
        </span>
      </span>
      {localOnly && <Badge>{t('Local only')}</Badge>}
      {data && data.processing > 0 && <Badge tone="ok">{t('{count} being read', { count: data.processing })}</Badge>}
      {data && data.failed > 0 && <Badge tone="danger">{t('{count} failed', { count: data.failed })}</Badge>}
      <Link to="/w/$workspace/documents" params={{ workspace: slug }} className={buttonClass('plain', 'small')}>
        {t('Documents')}
      </Link>
      <Link to="/w/$workspace/settings" params={{ workspace: slug }} className={buttonClass('plain', 'small')}>
        {t('Settings')}
      </Link>
    </li>
  );
}
