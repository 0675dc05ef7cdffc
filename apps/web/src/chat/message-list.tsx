import type { Message } from '@lorebox/contract/chat';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/states.tsx';
import type { Place } from '../viewer/place.ts';
import { AnswerAnnouncer } from './answer-announcer.tsx';
import { AssistantMessage } from './assistant-message.tsx';
import { useWaiting } from './outbox.ts';
import { useStickToEnd } from './use-stick-to-end.ts';
import type { useThread } from './use-thread.ts';
import { UserMessage } from './user-message.tsx';
import { WaitingMessages } from './waiting-messages.tsx';

export interface MessageListProps {
  workspace: string;
  threadId: string;
  chat: ReturnType<typeof useThread>;
  isReadOnly: boolean;
  onOpenPlace(documentId: string, place: Place): void;
}

/** Loads the newest messages first and earlier ones when the reader scrolls up. */
export function MessageList({ workspace, threadId, chat, isReadOnly, onOpenPlace }: MessageListProps) {
  const t = useT();
  const { messages, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = chat;
  const waiting = useWaiting(workspace, threadId);
  const { scroller, content } = useStickToEnd();
  const sentinel = useRef<HTMLDivElement>(null);
  const heightBefore = useRef<number | null>(null);
  const firstId = messages[0]?.id;

  // Keeps what is being read in place while earlier messages are added above it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the first message changes
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && heightBefore.current !== null) element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [firstId]);
  useEffect(() => {
    const element = sentinel.current;
    if (!element || !hasNextPage || isFetchingNextPage) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        heightBefore.current = scroller.current?.scrollHeight ?? null;
        void fetchNextPage();
      },
      { root: scroller.current, rootMargin: '800px 0px 0px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, scroller]);

  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={t('Messages')}
      className="min-h-0 grow overflow-y-auto [overflow-anchor:none]"
    >
      <div ref={content} className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6">
        <div ref={sentinel} />
        {hasNextPage && (
          <Button size="small" className="self-center" isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('Show earlier messages')}
          </Button>
        )}
        {isPending && <Loading />}
        {messages.map((message, i) =>
          message.role === 'user' ? (
            <UserMessage key={message.id} message={message} isReadOnly={isReadOnly} />
          ) : (
            <AssistantMessage
              key={message.id}
              message={message}
              question={questionBefore(messages, i)}
              isLast={i === messages.length - 1}
              isReadOnly={isReadOnly}
              workspace={workspace}
              onOpenPlace={onOpenPlace}
            />
          ),
        )}
        <WaitingMessages waiting={waiting} />
      </div>
      <AnswerAnnouncer messages={messages} />
    </div>
  );
}

function questionBefore(messages: readonly Message[], index: number): string {
  const before = messages[index - 1];
  return before?.role === 'user' ? before.text : '';
}
