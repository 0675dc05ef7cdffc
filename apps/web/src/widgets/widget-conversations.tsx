import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages, query } from '../api/queries.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';

/** What visitors asked, newest first, with an export of all of it. */
export function WidgetConversations({ widgetId }: { widgetId: string }) {
  const t = useT();
  const [openId, setOpenId] = useState<string | null>(null);
  const list = useInfiniteQuery(pages('widgets.conversations', api.widgets.conversations, { widgetId, limit: 50 }));
  const conversations = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) return <Loading />;
  if (list.error) return <ProblemNote error={list.error} onRetry={list.refetch} />;
  if (conversations.length === 0) return <p className="text-sm text-muted">{t('Nobody has asked anything yet.')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <ExportButton widgetId={widgetId} />
      <ul className="flex flex-col gap-2">
        {conversations.map(({ id, title, origin, visitor, lead, messages, lastActiveAt }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => setOpenId(id)}
              className="flex w-full flex-col gap-1 rounded-lg border p-2.5 text-start text-sm hover:bg-surface"
            >
              <span className="font-medium break-words" dir="auto">
                {title}
              </span>
              <span className="text-muted">
                {[lead?.name || visitor, lead?.email, origin, formatAgo(lastActiveAt)].filter(Boolean).join(' · ')}
              </span>
              <span className="text-muted">
                {t('{count, plural, one {# question} other {# questions}}', { count: messages })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
      {openId !== null && <ConversationDialog conversationId={openId} onClose={() => setOpenId(null)} />}
    </div>
  );
}

function ConversationDialog({ conversationId, onClose }: { conversationId: string; onClose(): void }) {
  const t = useT();
  const { data, error, isPending } = useQuery(
    query('widgets.conversation', api.widgets.conversation, { conversationId }),
  );
  return (
    <Dialog isOpen onClose={onClose} title={data?.title ?? t('Conversation')} size="wide">
      {isPending && <Loading />}
      {error && <ProblemNote error={error} />}
      <ol className="flex flex-col gap-4 text-sm">
        {data?.transcript.map(({ id, role, text, citations, feedback, createdAt }) => (
          <li key={id}>
            <p className="text-muted">
              {role === 'user' ? t('Visitor') : t('Answer')} · {formatDateTime(createdAt)}{' '}
              {feedback !== null && (
                <Badge tone={feedback === 'up' ? 'ok' : 'danger'}>
                  {feedback === 'up' ? t('Good answer') : t('Bad answer')}
                </Badge>
              )}
            </p>
            <p className="break-words whitespace-pre-wrap" dir="auto">
              {text}
            </p>
            {citations.length > 0 && (
              <p className="text-muted break-words" dir="auto">
                {citations.map(({ n, title }) => `[${n}] ${title}`).join(' · ')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

/** Saves all conversations as one file, which is read in parts. */
function ExportButton({ widgetId }: { widgetId: string }) {
  const t = useT();
  const [isBusy, setBusy] = useState(false);
  async function save() {
    setBusy(true);
    try {
      const parts: string[] = [];
      let filename = '';
      let after: string | undefined;
      for (let isComplete = false; !isComplete; ) {
        const part = await api.widgets.export.query({ widgetId, after });
        parts.push(part.text);
        ({ filename, isComplete } = part);
        after = part.lastId ?? undefined;
      }
      const url = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
      Object.assign(document.createElement('a'), { href: url, download: filename }).click();
      URL.revokeObjectURL(url);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button className="self-end" isBusy={isBusy} onClick={save}>
      {t('Export')}
    </Button>
  );
}
