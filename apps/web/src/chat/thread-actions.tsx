import type { Thread } from '@lorebox/contract/chat';
import { useQueryClient } from '@tanstack/react-query';
import { Download, Ellipsis, Share2, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { notify, notifyProblem } from '../ui/toast.tsx';

const ShareDialog = lazy(() => import('./share-dialog.tsx'));

/** Sharing and export of a chat. */
export function ThreadActions({ thread }: { thread: Thread }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [isShareOpen, setShareOpen] = useState(false);
  const isShared = thread.visibility === 'workspace';
  async function exportAs(format: 'markdown' | 'json' | 'docx' | 'pdf') {
    try {
      const { exportThread } = await import('./export/export-thread.ts');
      await exportThread(thread, format);
    } catch (error) {
      notifyProblem(error);
    }
  }
  async function toggleShared() {
    try {
      await api.threads.update.mutate({ threadId: thread.id, visibility: isShared ? 'private' : 'workspace' });
      await queryClient.invalidateQueries({ queryKey: ['threads.get'] });
      await queryClient.invalidateQueries({ queryKey: ['threads.list'] });
      notify(
        isShared ? t('Only you can read this chat now.') : t('Everyone in this workspace can read this chat now.'),
      );
    } catch (error) {
      notifyProblem(error);
    }
  }
  return (
    <>
      {thread.mine && (
        <IconButton label={t('Share')} onClick={() => setShareOpen(true)}>
          <Share2 />
        </IconButton>
      )}
      <Menu
        trigger={
          <IconButton label={t('More')}>
            <Ellipsis />
          </IconButton>
        }
      >
        {thread.mine && (
          <>
            <MenuItem icon={<Users aria-hidden />} onSelect={toggleShared}>
              {isShared ? t('Make private') : t('Share with the workspace')}
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem icon={<Download aria-hidden />} onSelect={() => exportAs('markdown')}>
          {t('Export as Markdown')}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onSelect={() => exportAs('docx')}>
          {t('Export as Word document')}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onSelect={() => exportAs('pdf')}>
          {t('Print or save as PDF')}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onSelect={() => exportAs('json')}>
          {t('Export as JSON')}
        </MenuItem>
      </Menu>
      {isShareOpen && (
        <Suspense>
          <ShareDialog threadId={thread.id} onClose={() => setShareOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
