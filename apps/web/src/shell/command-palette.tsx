import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { adminSections } from '../admin/sections.ts';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { useSession } from './session.tsx';
import { useWorkspaces } from './workspace-switcher.tsx';

const itemClass =
  'flex min-h-10 cursor-pointer items-center gap-2 rounded-lg px-3 text-sm data-[selected=true]:bg-surface';
const groupClass =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';

/** Jumps to a workspace, thread or page by typing a part of its name. */
export default function CommandPalette({ workspace, onClose }: { workspace: string | null; onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const { workspaces } = useWorkspaces();
  const { role } = useSession();
  const searched = useDeferredValue(text);
  const threads = useQuery({
    ...query('threads.list', api.threads.list, { workspace: workspace ?? '', limit: 50 }),
    enabled: workspace !== null,
  });
  const item = (key: string, label: string, go: () => unknown, keywords: string[] = []): ReactNode => (
    <Command.Item
      key={key}
      value={key}
      keywords={[label, ...keywords]}
      className={itemClass}
      onSelect={() => {
        onClose();
        go();
      }}
    >
      <span className="truncate">{label}</span>
    </Command.Item>
  );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed inset-x-4 top-[12vh] z-40 mx-auto max-w-xl overflow-hidden rounded-2xl border bg-raised shadow-xl">
          <Dialog.Title className="sr-only">{t('Go to…')}</Dialog.Title>
          <Command label={t('Go to…')}>
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder={t('Workspace, chat or page')}
              className="h-12 w-full border-b bg-transparent px-4 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              <Command.Empty className="p-4 text-center text-sm text-muted">{t('Nothing found.')}</Command.Empty>
              <Command.Group heading={t('Pages')} className={groupClass}>
                {workspace &&
                  item('new-chat', t('New chat'), () => navigate({ to: '/w/$workspace', params: { workspace } }))}
                {workspace &&
                  item('documents', t('Documents'), () =>
                    navigate({ to: '/w/$workspace/documents', params: { workspace } }),
                  )}
                {item('search', t('Search'), () => navigate({ to: '/search' }))}
                {item('account', t('Your account'), () => navigate({ to: '/settings' }))}
                {searched &&
                  item(
                    'search-for',
                    t('Search documents for “{text}”', { text: searched }),
                    () => navigate({ to: '/search', search: { q: searched } }),
                    [searched],
                  )}
              </Command.Group>
              {role !== 'member' && (
                <Command.Group heading={t('Administration')} className={groupClass}>
                  {adminSections(t, role).map(({ to, label }) => item(to, label, () => navigate({ to })))}
                </Command.Group>
              )}
              <Command.Group heading={t('Workspaces')} className={groupClass}>
                {workspaces.map(({ id, slug, name }) =>
                  item(id, name, () => navigate({ to: '/w/$workspace', params: { workspace: slug } })),
                )}
              </Command.Group>
              {workspace && (
                <Command.Group heading={t('Chats')} className={groupClass}>
                  {threads.data?.items.map(({ id, title }) =>
                    item(id, title, () =>
                      navigate({ to: '/w/$workspace/t/$thread', params: { workspace, thread: id } }),
                    ),
                  )}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
