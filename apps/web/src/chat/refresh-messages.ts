import type { Message } from '@lorebox/contract/chat';
import type { InfiniteData } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { mergeNewest } from './merge-newest.ts';

const PAGE_SIZE = 30;
/** More than a question, its answer and what they replace. */
const NEWEST = 8;

export const messagesQuery = (threadId: string) =>
  pages('threads.messages', api.threads.messages, { threadId, order: 'desc' as const, limit: PAGE_SIZE });

/**
 * Loads the end of a thread and merges it with what is loaded. Loading everything again would take a request per page of
 * a long chat.
 */
export async function refreshMessages(threadId: string): Promise<void> {
  const { queryKey } = messagesQuery(threadId);
  if (queryClient.getQueryData(queryKey) === undefined) return;
  const { items, nextCursor } = await api.threads.messages.query({ threadId, order: 'desc', limit: NEWEST });
  queryClient.setQueryData<InfiniteData<{ items: Message[]; nextCursor: string | null }, string | undefined>>(
    queryKey,
    (data) => data && { ...data, pages: mergeNewest(data.pages, items, nextCursor === null) },
  );
}
