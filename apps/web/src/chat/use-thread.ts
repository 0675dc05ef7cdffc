import type { Message } from '@lorebox/contract/chat';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { forgetAnswer, watchAnswer } from './live-answers.ts';

const PAGE_SIZE = 30;

export const messagesQuery = (threadId: string) =>
  pages('threads.messages', api.threads.messages, { threadId, order: 'desc' as const, limit: PAGE_SIZE });

/** The messages of a thread, oldest first, as far as they are loaded. Answers in progress are watched. */
export function useThread(threadId: string | undefined) {
  const queryClient = useQueryClient();
  const result = useInfiniteQuery({
    ...messagesQuery(threadId ?? ''),
    enabled: threadId !== undefined,
    staleTime: 0,
  });
  const messages: Message[] = (result.data?.pages.flatMap((page) => page.items) ?? []).toReversed();
  const running = messages.find(({ status }) => status === 'streaming')?.answerId ?? null;
  useEffect(() => {
    if (running === null || threadId === undefined) return;
    watchAnswer(running, async () => {
      await queryClient.invalidateQueries({ queryKey: messagesQuery(threadId).queryKey });
      await queryClient.invalidateQueries({ queryKey: ['threads.list'] });
      await queryClient.invalidateQueries({ queryKey: ['threads.get'] });
      forgetAnswer(running);
    });
  }, [running, threadId, queryClient]);
  return { ...result, messages, running };
}
