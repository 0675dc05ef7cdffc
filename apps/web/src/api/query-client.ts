import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toProblem } from './client.ts';

/** Called when a request is refused because the session ended. */
let onSignedOut: () => void = () => {};
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler;
}

function checkSession(error: unknown): void {
  if (toProblem(error).code === 'UNAUTHENTICATED') onSignedOut();
}

const DAY_MS = 86_400_000;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: checkSession }),
  mutationCache: new MutationCache({ onError: checkSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: DAY_MS,
      // Past chats stay readable without a network: a query that was read before shows what is stored.
      networkMode: 'offlineFirst',
      retry: (count, error) => toProblem(error).code === 'OFFLINE' && navigator.onLine && count < 2,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
