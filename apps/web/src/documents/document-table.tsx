import type { Document, DocumentStatus } from '@lorebox/contract/document';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { FileSearch, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { notifyWithUndo } from '../ui/toast.tsx';
import { DocumentRow } from './document-row.tsx';

const PAGE_SIZE = 200;
const ROW_HEIGHT = 52;
const OVERSCAN = 15;
/** Rows before the end of what is loaded at which the next page is requested. */
const PREFETCH_ROWS = 150;
const WATCH_MS = 2000;

interface DocumentFilter {
  status?: DocumentStatus;
  folder?: string;
  query?: string;
}

export interface DocumentTableProps {
  workspace: string;
  filter: DocumentFilter;
  /** Some documents are being read. */
  isWatching: boolean;
  canEdit: boolean;
}

/** Documents, newest first. Only the visible rows are in the page. */
export function DocumentTable({ workspace, filter, isWatching, canEdit }: DocumentTableProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const scroller = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({
    ...pages('documents.list', api.documents.list, { workspace, ...filter, order: 'desc' as const, limit: PAGE_SIZE }),
    refetchInterval: ({ state }) => (isWatching && (state.data?.pages.length ?? 0) <= 3 ? WATCH_MS : false),
  });
  const documents = (list.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ id }) => !hidden.has(id));
  const rows = useVirtualizer({
    count: documents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastVisible > documents.length - PREFETCH_ROWS) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastVisible, documents.length]);

  const hide = (ids: readonly string[], isHidden: boolean) =>
    setHidden((old) => {
      const next = new Set(old);
      for (const id of ids) {
        if (isHidden) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  function remove(ids: readonly string[]) {
    hide(ids, true);
    setSelected(new Set());
    notifyWithUndo(t('{count, plural, one {# document deleted} other {# documents deleted}}', { count: ids.length }), {
      commit: async () => {
        await api.documents.deleteMany.mutate({ workspace, documentIds: [...ids] });
        await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
        await queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
        await queryClient.invalidateQueries({ queryKey: ['documents.folders'] });
      },
      undo: () => hide(ids, false),
    });
  }
  function toggle(id: string) {
    setSelected((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }
  if (list.isPending) return <Loading />;
  if (list.error) return <ProblemNote error={list.error} onRetry={list.refetch} />;
  if (documents.length === 0 && !hasNextPage) {
    const isFiltered = filter.status !== undefined || filter.folder !== undefined || filter.query !== undefined;
    return (
      <div className="grow">
        <Empty icon={<FileSearch />} title={isFiltered ? t('No document found') : t('No documents yet')}>
          {isFiltered
            ? t('Try another word or state.')
            : canEdit &&
              t('Drop files or folders here: PDF, Word, spreadsheets, mails, web pages, images, recordings and more.')}
        </Empty>
      </div>
    );
  }
  return (
    <div className="flex min-w-0 grow flex-col">
      {selected.size > 0 && (
        <div className="mb-2 flex items-center gap-3 text-sm">
          <span role="status">{t('{count} selected', { count: selected.size })}</span>
          <Button size="small" variant="danger" onClick={() => remove([...selected])}>
            <Trash2 className="size-4" aria-hidden />
            {t('Delete')}
          </Button>
          <Button size="small" variant="ghost" onClick={() => setSelected(new Set())}>
            {t('Clear selection')}
          </Button>
        </div>
      )}
      <div
        ref={scroller}
        role="table"
        aria-label={t('Documents')}
        aria-rowcount={hasNextPage ? -1 : documents.length}
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto rounded-xl border"
      >
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const document = documents[index] as Document;
            return (
              <DocumentRow
                key={document.id}
                workspace={workspace}
                document={document}
                index={index}
                top={start}
                height={ROW_HEIGHT}
                canEdit={canEdit}
                isSelected={selected.has(document.id)}
                onToggle={toggle}
                onDelete={(id) => remove([id])}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
