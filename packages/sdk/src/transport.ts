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
import { FetchEventSource } from './event-source.ts';
import { reportResponses } from './report-responses.ts';
import type { ResponseInfo } from './response-info.ts';
import { sendForms } from './upload/send-form.ts';

export interface TransportOptions {
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
  /** "http": batched requests and server-sent events. "ws": everything except uploads over one WebSocket. */
  transport: 'http' | 'ws';
}

/** Context of a call. A type, because tRPC needs it to be indexable. */
export type RequestContext = { idempotencyKey?: string; onResponse?: (response: ResponseInfo) => void };

export interface Transport {
  client: TRPCClient<AppRouter>;
  /** An authenticated request relative to the base URL, for binary content that is not the result of a procedure. */
  send(path: string, init?: RequestInit): Promise<Response>;
  close(): void;
}

export function createTransport({ baseUrl, apiKey, fetch, transport }: TransportOptions): Transport {
  const url = `${baseUrl}/trpc`;
  const authorization: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${baseUrl}${path}`, { ...init, headers: { ...authorization, ...init.headers } });
  const common = { url, transformer: superjson, headers: authorization, fetch };
  const upload = httpLink<AppRouter>({ ...common, fetch: sendForms(fetch) });
  if (transport === 'ws') {
    const socket = createWSClient({
      url: `${baseUrl.replace(/^http/, 'ws')}/trpc-ws`,
      connectionParams: () => (apiKey ? { token: apiKey } : {}),
      lazy: { enabled: true, closeMs: 1000 },
    });
    const live = wsLink<AppRouter>({ client: socket, transformer: superjson });
    const route = splitLink({ condition: (op) => isNonJsonSerializable(op.input), true: upload, false: live });
    const links = [reportResponses(), route];
    return { client: createTRPCClient<AppRouter>({ links }), send, close: () => void socket.close() };
  }
  const stream = httpSubscriptionLink<AppRouter, typeof FetchEventSource>({
    url,
    transformer: superjson,
    EventSource: FetchEventSource,
    eventSourceOptions: () => ({ fetch, headers: authorization, readRefusal }),
  });
  // Each alone, since each has a key of its own.
  const mutation = httpLink<AppRouter>({
    ...common,
    headers({ op }) {
      const { idempotencyKey } = op.context as RequestContext;
      return idempotencyKey === undefined ? authorization : { ...authorization, 'idempotency-key': idempotencyKey };
    },
  });
  const call = splitLink<AppRouter>({
    condition: (op) => isNonJsonSerializable(op.input),
    true: upload,
    false: splitLink<AppRouter>({
      condition: (op) => op.type === 'mutation',
      true: mutation,
      // Queries travel in the body too: a question of 10,000 characters fits into no URL.
      false: httpBatchLink<AppRouter>({ ...common, maxItems: 20, methodOverride: 'POST' }),
    }),
  });
  const route = splitLink({ condition: (op) => op.type === 'subscription', true: stream, false: call });
  const links = [reportResponses(), route];
  return { client: createTRPCClient<AppRouter>({ links }), send, close: () => {} };
}

/** The error that the server sent in tRPC format. Otherwise an error with the HTTP status, for example from a proxy. */
async function readRefusal(response: Response): Promise<object> {
  const body = (await response.json().catch(() => null)) as { error?: SuperJSONResult } | null;
  if (body?.error) return { error: superjson.deserialize(body.error) };
  return new Error(`${response.url} responded with status ${response.status} instead of a stream`);
}
