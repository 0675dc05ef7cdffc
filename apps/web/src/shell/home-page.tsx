import { Link, Navigate } from '@tanstack/react-router';
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { lastWorkspace } from './last-workspace.ts';
import { NewWorkspaceDialog } from './new-workspace-dialog.tsx';
import { useWorkspaces } from './workspace-switcher.tsx';

/** Continues in the workspace that was open last. */
export function HomePage() {
  const t = useT();
  const { workspaces, isPending, error, refetch } = useWorkspaces();
  const [isCreating, setCreating] = useState(false);
  const last = lastWorkspace.get();
  const target = workspaces.find(({ slug }) => slug === last) ?? (workspaces.length === 1 ? workspaces[0] : undefined);
  if (target) return <Navigate to="/w/$workspace" params={{ workspace: target.slug }} replace />;
  return (
    <Page title={t('Workspaces')} width="text">
      {isPending && <Loading />}
      {error && <ProblemNote error={error} onRetry={refetch} />}
      {!isPending && workspaces.length === 0 && !error && (
        <Empty icon={<FolderPlus />} title={t('Make your first workspace')}>
          <p>{t('A workspace holds documents and the chats about them.')}</p>
          <Button variant="primary" onClick={() => setCreating(true)}>
            {t('New workspace')}
          </Button>
        </Empty>
      )}
      <ul className="grid gap-3 sm:grid-cols-2">
        {workspaces.map(({ id, slug, name }) => (
          <li key={id}>
            <Link
              to="/w/$workspace"
              params={{ workspace: slug }}
              className="block rounded-xl border bg-raised p-4 font-medium hover:border-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <NewWorkspaceDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}
