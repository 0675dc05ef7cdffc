import type { AppRouter } from '@lorebox/api/router';
import { createTRPCClient, createWSClient, httpBatchLink, splitLink, TRPCClientError, wsLink } from '@trpc/client';
import superjson from 'superjson';

const SOCKET_IDLE_MS = 30_000;

const socket = createWSClient({
  url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc-ws`,
  // The server closes connections without a session, so it is opened with the first stream.
  lazy: { enabled: true, closeMs: SOCKET_IDLE_MS },
  retryDelayMs: (attempt) => (attempt === 0 ? 0 : Math.min(500 * 2 ** attempt, 10_000)),
});

/** The procedures of the server. Streams share one WebSocket, because browsers limit the connections per host. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: wsLink({ client: socket, transformer: superjson }),
      false: httpBatchLink({ url: '/trpc', maxItems: 20, maxURLLength: 8000, transformer: superjson }),
    }),
  ],
});

export interface ApiProblem {
  /** Code of the contract's error table, or OFFLINE if the server did not answer. */
  code: string;
  message: string;
  requestId: string | null;
  fields: { path: string; message: string }[];
}

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof TRPCClientError) {
    const data = error.data as { appCode?: string; requestId?: string | null; fields?: ApiProblem['fields'] } | null;
    if (data?.appCode) {
      return {
        code: data.appCode,
        message: error.message,
        requestId: data.requestId ?? null,
        fields: data.fields ?? [],
      };
    }
    return { code: 'OFFLINE', message: '', requestId: null, fields: [] };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : '', requestId: null, fields: [] };
}

export const isOffline = (error: unknown) => toProblem(error).code === 'OFFLINE';
