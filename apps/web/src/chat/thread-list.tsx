import type { Thread } from '@lorebox/contract/chat';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Ellipsis, Pencil, Pin, PinOff, Search, Trash2, Users } from 'lucide-react';
import { type FormEvent, type RefObject, useDeferredValue, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Spinner } from '../ui/states.tsx';
import { notifyProblem, notifyWithUndo } from '../ui/toast.tsx';

const ANSWERING_POLL_MS = 3000;

/** The chats of a workspace, in the sidebar: pinned ones first, with those that are still answering marked. */
export function ThreadList({ workspace }: { workspace: string }) {
  const t = useT();
  const [search, setSearch] = useState('');
  const [isArchive, setArchive] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const query = useDeferredValue(search.trim()) || undefined;
  const threads = useInfiniteQuery({
    ...pages('threads.list', api.threads.list, { workspace, query, archived: isArchive, limit: 50 }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ answering }) => answering)) ? ANSWERING_POLL_MS : false,
  });
  const items = threads.data?.pages.flatMap((page) => page.items).filter(({ id }) => !hidden.has(id)) ?? [];
  const hide = (id: string, isHidden: boolean) =>
    setHidden((old) => {
      const next = new Set(old);
      if (isHidden) next.add(id);
      else next.delete(id);
      return next;
    });
  return (
    <section aria-label={t('Chats')} className="mt-3 flex min-h-0 grow flex-col gap-1">
      <div className="relative">
        <Search className="absolute start-2.5 top-2.5 size-4 text-muted" aria-hidden />
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={t('Search chats')}
          placeholder={t('Search chats')}
          className="min-h-9 w-full rounded-lg border bg-raised ps-8 pe-2 text-sm"
        />
      </div>
      <div className="-mx-1 min-h-0 grow overflow-y-auto px-1">
        {threads.error && <ProblemNote error={threads.error} onRetry={threads.refetch} />}
        {items.length === 0 && threads.isSuccess && (
          <p className="p-2 text-sm text-muted">{query ? t('No chat found.') : t('No chats yet.')}</p>
        )}
        <ul className="flex flex-col gap-0.5">
          {items.map((thread) => (
            <ThreadItem key={thread.id} workspace={workspace} thread={thread} onHide={hide} />
          ))}
        </ul>
        {threads.hasNextPage && (
          <button
            type="button"
            className="w-full rounded-lg p-2 text-sm text-muted hover:bg-raised"
            onClick={() => threads.fetchNextPage()}
          >
            {t('Show more')}
          </button>
        )}
      </div>
      <button
        type="button"
        aria-pressed={isArchive}
        onClick={() => setArchive(!isArchive)}
        className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-start text-sm text-muted hover:bg-raised"
      >
        <Archive className="size-4" aria-hidden />
        {isArchive ? t('Back to current chats') : t('Archived chats')}
      </button>
    </section>
  );
}

interface ThreadItemProps {
  workspace: string;
  thread: Thread;
  onHide(id: string, isHidden: boolean): void;
}

function ThreadItem({ workspace, thread, onHide }: ThreadItemProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const isOpen = useParams({ strict: false }).thread === thread.id;
  const [isRenaming, setRenaming] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const { id, title, pinned, archived, answering, mine, visibility } = thread;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['threads.list'] });
  async function update(change: { title?: string; pinned?: boolean; archived?: boolean }) {
    try {
      await api.threads.update.mutate({ threadId: id, ...change });
      await refresh();
    } catch (error) {
      notifyProblem(error);
    }
  }
  function remove() {
    onHide(id, true);
    if (isOpen) void navigate({ to: '/w/$workspace', params: { workspace } });
    notifyWithUndo(t('Chat deleted'), {
      commit: async () => {
        await api.threads.delete.mutate({ threadId: id });
        await refresh();
      },
      undo: () => onHide(id, false),
    });
  }
  return (
    <li className="group flex items-center rounded-lg hover:bg-raised has-[a[aria-current=page]]:bg-raised">
      {isRenaming ? (
        <RenameForm
          input={nameInput}
          title={title}
          onDone={(name) => {
            setRenaming(false);
            if (name !== null && name !== title) void update({ title: name });
          }}
        />
      ) : (
        <Link
          to="/w/$workspace/t/$thread"
          params={{ workspace, thread: id }}
          className="flex min-h-9 min-w-0 grow items-center gap-2 px-2.5 text-sm aria-[current=page]:font-medium"
        >
          {answering && <Spinner className="shrink-0 text-accent" />}
          {answering && <span className="sr-only">{t('Still answering:')}</span>}
          {pinned && !answering && <Pin className="size-3.5 shrink-0 text-muted" aria-label={t('Pinned')} />}
          {visibility === 'workspace' && (
            <Users className="size-3.5 shrink-0 text-muted" aria-label={t('Shared with the workspace')} />
          )}
          <span dir="auto" className="truncate">
            {title}
          </span>
        </Link>
      )}
      {mine && (
        <Menu
          focusAfter={() => nameInput.current}
          trigger={
            <IconButton
              label={t('Actions for “{title}”', { title })}
              className="me-1 size-7 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
            >
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)}>
            {t('Rename')}
          </MenuItem>
          <MenuItem
            icon={pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
            onSelect={() => update({ pinned: !pinned })}
          >
            {pinned ? t('Unpin') : t('Pin')}
          </MenuItem>
          <MenuItem
            icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
            onSelect={() => update({ archived: !archived })}
          >
            {archived ? t('Move back') : t('Archive')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={remove}>
            {t('Delete')}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}

interface RenameFormProps {
  input: RefObject<HTMLInputElement | null>;
  title: string;
  /** Called with null if the name stays. */
  onDone(name: string | null): void;
}

function RenameForm({ input, title, onDone }: RenameFormProps) {
  const t = useT();
  const [name, setName] = useState(title);
  function submit(event: FormEvent) {
    event.preventDefault();
    onDone(name.trim() || null);
  }
  return (
    <form onSubmit={submit} className="min-w-0 grow">
      <input
        ref={input}
        value={name}
        maxLength={200}
        aria-label={t('Name of the chat')}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => onDone(name.trim() || null)}
        onKeyDown={(event) => event.key === 'Escape' && onDone(null)}
        className="min-h-9 w-full rounded-lg border bg-raised px-2.5 text-sm"
      />
    </form>
  );
}
