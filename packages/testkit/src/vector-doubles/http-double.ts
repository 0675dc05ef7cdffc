import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DoubleRequest {
  method: string;
  /** Decoded, without the query. */
  path: string[];
  query: URLSearchParams;
  text: string;
  headers: IncomingMessage['headers'];
}

export interface DoubleAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface HttpDouble {
  readonly url: string;
  /** "POST /collections/x/points", in order of arrival. */
  readonly requests: string[];
  /** Delay of each response in milliseconds. */
  delayMs: number;
  /** Responds to every request with this status while it is set. */
  failWith: number | null;
  close(): Promise<void>;
}

/** Starts a server for JSON protocols on a free port. What the handler throws is returned as the error response. */
export async function startHttpDouble(
  handle: (request: DoubleRequest) => DoubleAnswer,
  refuse: (status: number, message: string) => DoubleAnswer,
): Promise<HttpDouble> {
  const state = { requests: [] as string[], delayMs: 0, failWith: null as number | null };
  const server = createServer(async (incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://double');
    state.requests.push(`${incoming.method} ${pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    await sleep(state.delayMs);
    const path = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    const { method = 'GET', headers } = incoming;
    const request = { method, path, query: searchParams, text: Buffer.concat(chunks).toString('utf8'), headers };
    const answer = state.failWith === null ? answerTo(request) : refuse(state.failWith, 'out of order');
    const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(method === 'HEAD' ? '' : body);
  });

  function answerTo(request: DoubleRequest): DoubleAnswer {
    try {
      return handle(request);
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.status, error.message);
      return refuse(500, String(error));
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
