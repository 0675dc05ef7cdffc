import { useInfiniteQuery } from '@tanstack/react-query';
import { AtSign } from 'lucide-react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatAgo } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { OpenThreadLink } from './open-thread-link.tsx';

/** Open comments that name the user. */
export function MentionsPage() {
  const t = useT();
  const list = useInfiniteQuery(pages('comments.mentions', api.comments.mentions, { limit: 50 }));
  const comments = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('Mentions')} width="text">
      {list.isPending && <Loading />}
      {list.error && <ProblemNote error={list.error} onRetry={list.refetch} />}
      {list.isSuccess && comments.length === 0 && (
        <Empty icon={<AtSign />} title={t('No one has mentioned you')}>
          {t('Comments with your name appear here until they are resolved.')}
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {comments.map(({ id, author, text, threadId, createdAt }) => (
          <li key={id} className="rounded-xl border p-3 text-sm">
            <p className="flex gap-2">
              <span className="font-medium">{author.username ?? t('Unknown')}</span>
              <span className="text-muted">{formatAgo(createdAt)}</span>
            </p>
            <p dir="auto" className="my-1 break-words whitespace-pre-wrap">
              {text}
            </p>
            <OpenThreadLink threadId={threadId} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && <Button onClick={() => list.fetchNextPage()}>{t('Show more')}</Button>}
    </Page>
  );
}
