import type { AppRouter } from '@lorebox/api/router';
import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  isNonJsonSerializable,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client';
import superjson, { type SuperJSONResult } from 'superjson';
import type { ResolvedOptions } from './client-options.ts';
import { FetchEventSource } from './event-source.ts';
import { createEntry, logCalls } from './log-calls.ts';
import { type Logger, writeLog } from './logger.ts';
import { reportResponses } from './report-responses.ts';
import type { RequestContext } from './request-context.ts';
import { describeResponse } from './response-info.ts';
import { sendForms } from './upload/send-form.ts';

/** Version of the API that this client speaks. The server rejects versions it doesn't know. */
const API_VERSION = '1';

export interface Transport {
  client: TRPCClient<AppRouter>;
  /** An authenticated request relative to the base URL, for binary content that is not the result of a procedure. */
  send(path: string, init: RequestInit & { attempt: number }): Promise<Response>;
  close(): void;
}

export function createTransport(options: ResolvedOptions): Transport {
  const { baseUrl, apiKey, fetch, transport, logger } = options;
  const url = `${baseUrl}/trpc`;
  const headers: Record<string, string> = { ...options.headers, 'lorebox-api-version': API_VERSION };
  if (apiKey) headers.authorization = `Bearer ${apiKey}`;
  const fromFetch: Send = async (path, { attempt: _, ...init }) =>
    fetch(`${baseUrl}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  const send = logger ? logDownloads(logger, fromFetch) : fromFetch;
  const common = { url, transformer: superjson, headers, fetch };
  const observers = [...(logger ? [logCalls(logger)] : []), reportResponses()];
  const upload = httpLink<AppRouter>({ ...common, fetch: sendForms(fetch) });
  if (transport === 'ws') {
    const socket = createWSClient({
      url: `${baseUrl.replace(/^http/, 'ws')}/trpc-ws`,
      connectionParams: () => (apiKey ? { token: apiKey } : {}),
      lazy: { enabled: true, closeMs: 1000 },
    });
    const live = wsLink<AppRouter>({ client: socket, transformer: superjson });
    const route = splitLink({ condition: (op) => isNonJsonSerializable(op.input), true: upload, false: live });
    const links = [...observers, route];
    return { client: createTRPCClient<AppRouter>({ links }), send, close: () => void socket.close() };
  }
  const stream = httpSubscriptionLink<AppRouter, typeof FetchEventSource>({
    url,
    transformer: superjson,
    EventSource: FetchEventSource,
    eventSourceOptions: () => ({ fetch, headers, readRefusal }),
  });
  // Not batched, because each mutation has its own idempotency key.
  const mutation = httpLink<AppRouter>({
    ...common,
    headers({ op }) {
      const { idempotencyKey } = op.context as RequestContext;
      return idempotencyKey === undefined ? headers : { ...headers, 'idempotency-key': idempotencyKey };
    },
  });
  const call = splitLink<AppRouter>({
    condition: (op) => isNonJsonSerializable(op.input),
    true: upload,
    false: splitLink<AppRouter>({
      condition: (op) => op.type === 'mutation',
      true: mutation,
      // Queries are sent in the body too, because a question of 10,000 characters doesn't fit into a URL.
      false: httpBatchLink<AppRouter>({ ...common, maxItems: 20, methodOverride: 'POST' }),
    }),
  });
  const route = splitLink({ condition: (op) => op.type === 'subscription', true: stream, false: call });
  const links = [...observers, route];
  return { client: createTRPCClient<AppRouter>({ links }), send, close: () => {} };
}

/**
 * Returns the error that the server sent in tRPC format, otherwise an error with the HTTP status, for example from a
 * proxy.
 */
async function readRefusal(response: Response): Promise<object> {
  const body = (await response.json().catch(() => null)) as { error?: SuperJSONResult } | null;
  if (body?.error) return { error: superjson.deserialize(body.error) };
  return new Error(`${response.url} responded with status ${response.status} instead of a stream`);
}

type Send = Transport['send'];

function logDownloads(logger: Logger, send: Send): Send {
  return async (path, { attempt, ...init }) => {
    const startedAt = performance.now();
    const log = (status: number | null, requestId: string | null, code: string | null) =>
      writeLog(logger, createEntry({ operation: path, attempt, startedAt, status, requestId, code }));
    try {
      const response = await send(path, { attempt, ...init });
      const { status, requestId } = describeResponse(response);
      log(status, requestId, response.ok ? null : `HTTP_${status}`);
      return response;
    } catch (error) {
      log(null, null, 'CONNECTION');
      throw error;
    }
  };
}
