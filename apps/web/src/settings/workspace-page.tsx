import { Tabs } from '@base-ui/react/tabs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaceRole } from '../shell/use-workspace-role.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Page, Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { EmbeddingStatus } from './embedding-status.tsx';
import { Members } from './members.tsx';
import { WorkspaceForm } from './workspace-form.tsx';

const QualityTab = lazy(() => import('../evals/quality-tab.tsx'));
const WidgetsTab = lazy(() => import('../widgets/widgets-tab.tsx'));

const tabClass =
  'min-h-10 border-b-2 border-transparent px-2.5 text-sm text-muted data-active:border-accent data-active:text-ink';

/** Settings, members, measured quality and chat widgets of a workspace. */
export function WorkspacePage() {
  const t = useT();
  const { workspace } = useParams({ from: '/app/w/$workspace/settings' });
  const { canOwn } = useWorkspaceRole(workspace);
  const { data, error, isPending, refetch } = useQuery(query('workspaces.get', api.workspaces.get, { workspace }));
  return (
    <Page title={data ? t('Settings of {name}', { name: data.name }) : t('Workspace settings')} width="text">
      {isPending && <Loading />}
      {error && <ProblemNote error={error} onRetry={refetch} />}
      {data && (
        <Tabs.Root key={String(canOwn)} defaultValue={canOwn ? 'settings' : 'quality'}>
          <Tabs.List className="mb-6 flex gap-1 border-b" aria-label={t('Workspace settings')}>
            {canOwn && (
              <>
                <Tabs.Tab value="settings" className={tabClass}>
                  {t('Settings')}
                </Tabs.Tab>
                <Tabs.Tab value="members" className={tabClass}>
                  {t('Members')}
                </Tabs.Tab>
              </>
            )}
            <Tabs.Tab value="quality" className={tabClass}>
              {t('Quality')}
            </Tabs.Tab>
            <Tabs.Tab value="widgets" className={tabClass}>
              {t('Widgets')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="settings">
            <WorkspaceForm key={data.updatedAt.getTime()} workspace={data} />
            <Section title={t('Embedder')}>
              <EmbeddingStatus workspace={data.id} />
            </Section>
            <DeleteWorkspace id={data.id} name={data.name} />
          </Tabs.Panel>
          <Tabs.Panel value="members">
            <Members workspace={data.id} />
          </Tabs.Panel>
          <Tabs.Panel value="quality">
            <Suspense fallback={<Loading />}>
              <QualityTab workspace={data.id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="widgets">
            <Suspense fallback={<Loading />}>
              <WidgetsTab workspace={data.id} />
            </Suspense>
          </Tabs.Panel>
        </Tabs.Root>
      )}
    </Page>
  );
}

function DeleteWorkspace({ id, name }: { id: string; name: string }) {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t('Delete this workspace')}>
      <Button variant="danger" className="self-start" onClick={() => setOpen(true)}>
        {t('Delete workspace')}
      </Button>
      <Confirm
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('Delete “{name}”?', { name })}
        action={t('Delete')}
        onConfirm={async () => {
          await api.workspaces.delete.mutate({ workspace: id });
          await queryClient.invalidateQueries({ queryKey: ['workspaces.list'] });
          await navigate({ to: '/' });
        }}
      >
        {t('All its documents and chats are deleted. This can’t be undone.')}
      </Confirm>
    </Section>
  );
}
