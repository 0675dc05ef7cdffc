import type { Message } from '@lorebox/contract/chat';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetAnswer, watchAnswer } from './live-answers.ts';
import { messagesQuery, refreshMessages } from './refresh-messages.ts';

/** The messages of a thread, oldest first, as far as they are loaded. Answers in progress are watched. */
export function useThread(threadId: string | undefined) {
  const queryClient = useQueryClient();
  const result = useInfiniteQuery({
    ...messagesQuery(threadId ?? ''),
    enabled: threadId !== undefined,
    // Asking for all loaded pages again would take long; the end of the thread is what changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (threadId === undefined) return;
    const refresh = () => void refreshMessages(threadId).catch(() => {});
    refresh();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [threadId]);
  const messages: Message[] = (result.data?.pages.flatMap((page) => page.items) ?? []).toReversed();
  const running = messages.find(({ status }) => status === 'streaming')?.answerId ?? null;
  useEffect(() => {
    if (running === null || threadId === undefined) return;
    watchAnswer(running, async () => {
      await refreshMessages(threadId).catch(() => {});
      await queryClient.invalidateQueries({ queryKey: ['threads.list'] });
      await queryClient.invalidateQueries({ queryKey: ['threads.get'] });
      forgetAnswer(running);
    });
  }, [running, threadId, queryClient]);
  return { ...result, messages, running };
}
