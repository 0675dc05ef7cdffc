import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { lastWorkspace } from '../shell/last-workspace.ts';
import { MenuButton } from '../shell/menu-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import type { Place } from '../viewer/place.ts';
import { ViewerPanel } from '../viewer/viewer-panel.tsx';
import { Composer } from './composer.tsx';
import { NewChat } from './new-chat.tsx';
import { ThreadActions } from './thread-actions.tsx';
import { useThread } from './use-thread.ts';

/** With the Markdown renderer, which a new chat does not need yet. */
const MessageList = lazy(() => import('./message-list.tsx').then(({ MessageList }) => ({ default: MessageList })));

/** A chat, with the document of the last opened citation beside it. */
export function ChatPage() {
  const t = useT();
  const navigate = useNavigate();
  const { workspace, thread: threadId } = useParams({ strict: false }) as { workspace: string; thread?: string };
  const { doc, ...place } = useSearch({ strict: false }) as { doc?: string } & Place;
  const current = useQuery(query('workspaces.get', api.workspaces.get, { workspace }));
  const thread = useQuery({
    ...query('threads.get', api.threads.get, { threadId: threadId ?? '' }),
    enabled: threadId !== undefined,
  });
  const chat = useThread(threadId);
  const title = threadId === undefined ? t('New chat') : (thread.data?.title ?? '');
  usePageTitle(title);
  const slug = current.data?.slug;
  useEffect(() => {
    if (slug) lastWorkspace.set(slug);
  }, [slug]);
  const openPlace = (documentId: string, at: Place) =>
    navigate({ to: '.', search: { doc: documentId, ...at }, resetScroll: false });
  // What was read before stays readable while the server can't be reached.
  const error = [current, thread, chat].find(({ error, data }) => error && !data)?.error;
  const isReadOnly = thread.data !== undefined && !thread.data.mine;
  return (
    <div className="flex h-full">
      <div className="flex h-full min-w-0 grow flex-col">
        <header className="flex min-h-14 shrink-0 items-center gap-2 border-b px-4 sm:px-6">
          <MenuButton />
          <h1 dir="auto" className="me-auto min-w-0 truncate font-semibold">
            {title}
          </h1>
          {thread.data && <ThreadActions thread={thread.data} />}
        </header>
        {error ? (
          <div className="p-4">
            <ProblemNote error={error} onRetry={() => Promise.all([current.refetch(), chat.refetch()])} />
          </div>
        ) : threadId === undefined ? (
          <NewChat workspace={workspace} name={current.data?.name ?? ''} />
        ) : (
          <Suspense fallback={<Loading />}>
            <MessageList
              key={threadId}
              workspace={workspace}
              threadId={threadId}
              chat={chat}
              onOpenPlace={openPlace}
              isReadOnly={isReadOnly}
            />
          </Suspense>
        )}
        {isReadOnly ? (
          <p className="border-t p-4 text-center text-sm text-muted">
            {t('This chat was shared with the workspace. Branch it to continue in a chat of your own.')}
          </p>
        ) : (
          <Composer
            key={`composer ${threadId ?? workspace}`}
            workspace={workspace}
            threadId={threadId}
            running={chat.running}
          />
        )}
      </div>
      {doc !== undefined && (
        <ViewerPanel
          workspace={workspace}
          documentId={doc}
          place={place}
          onClose={() => navigate({ to: '.', search: {}, resetScroll: false })}
        />
      )}
    </div>
  );
}
