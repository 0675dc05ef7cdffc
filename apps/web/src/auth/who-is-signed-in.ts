import type { User } from '@lorebox/contract/user';
import { isOffline } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { meQuery } from '../shell/session.tsx';

let isSessionChecked = false;

/**
 * Asks the server once per page load. Later navigations don't wait: a session that has ended shows with the next request.
 * Without a network, the user of the last visit can read what is stored.
 */
export async function whoIsSignedIn(): Promise<User | null> {
  try {
    const { user } = isSessionChecked
      ? await queryClient.ensureQueryData({ ...meQuery, revalidateIfStale: true })
      : await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    isSessionChecked = true;
    return user;
  } catch (error) {
    isSessionChecked = false;
    if (!isOffline(error)) return null;
    const stored = queryClient.getQueryData<{ user: User | null }>(meQuery.queryKey)?.user;
    if (!stored) throw error;
    return stored;
  }
}
