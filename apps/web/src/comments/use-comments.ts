import type { Comment } from '@lorebox/contract/comment';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';

const MAX_COMMENTS = 200;

/** The comments of a thread, oldest first. One query for all of its messages. */
export function useComments(threadId: string): Comment[] {
  const { data } = useQuery({
    ...query('comments.list', api.comments.list, { threadId, limit: MAX_COMMENTS }),
    staleTime: 15_000,
  });
  return data?.items ?? [];
}
