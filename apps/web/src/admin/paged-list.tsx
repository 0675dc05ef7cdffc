import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Loading } from '../ui/states.tsx';

export interface PagedListProps<Item> {
  /** Result of useInfiniteQuery. */
  list: {
    data: { pages: { items: Item[] }[] } | undefined;
    error: unknown;
    isPending: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch(): unknown;
    fetchNextPage(): unknown;
  };
  /** What is shown when there are no items. */
  empty: string;
  children(item: Item): ReactNode;
}

/** The items of a list that is loaded page by page, with what is shown while it loads, fails or is empty. */
export function PagedList<Item>({ list, empty, children }: PagedListProps<Item>) {
  const t = useT();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <Loading />;
  return (
    <>
      {list.error !== null && <ProblemNote error={list.error} onRetry={() => list.refetch()} />}
      {items.length === 0 && list.error === null && <Empty title={empty} />}
      <ul className="flex flex-col gap-2">{items.map(children)}</ul>
      {list.hasNextPage && (
        <Button className="mt-3" isBusy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
    </>
  );
}

export const rowClass = 'flex flex-wrap items-center gap-3 rounded-lg border p-2.5 text-sm';
