import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SiteRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Faults of a fake site. */
export interface SiteFaults {
  /** Number of following requests that get 429 and `Retry-After: 0`. */
  rateLimited: number;
  /** After this number of further requests, every request gets 500; null disables it. */
  failAfter: number | null;
  /** Every request gets 200 and this page, as from a proxy; null disables it. */
  garbage: string | null;
}

export interface FakeSite {
  /** "http://127.0.0.1:PORT" */
  readonly url: string;
  readonly requests: SiteRequest[];
  readonly faults: SiteFaults;
  close(): Promise<void>;
}

export type SiteAnswer =
  | { status?: number; headers?: Record<string, string | undefined>; json: unknown }
  | { status?: number; headers?: Record<string, string | undefined>; body?: string | Uint8Array };

/** Starts a server on a free port that passes every request to one function; null is a 404. */
export async function startFakeSite(
  answer: (request: SiteRequest) => SiteAnswer | null | Promise<SiteAnswer | null>,
): Promise<FakeSite> {
  const requests: SiteRequest[] = [];
  const faults: SiteFaults = { rateLimited: 0, failAfter: null, garbage: null };
  let base = '';
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', base);
    const request = { method: incoming.method ?? 'GET', url, headers: incoming.headers, body: Buffer.concat(chunks) };
    requests.push(request);
    if (faults.rateLimited > 0) {
      faults.rateLimited -= 1;
      send(response, { status: 429, headers: { 'retry-after': '0' }, json: { message: 'slow down' } });
    } else if (faults.failAfter !== null && faults.failAfter-- <= 0) {
      send(response, { status: 500, json: { message: 'out of order' } });
    } else if (faults.garbage !== null) {
      send(response, { body: faults.garbage });
    } else {
      send(response, (await answer(request)) ?? { status: 404, json: { message: 'Not Found' } });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: SiteAnswer): void {
  const isJson = 'json' in answer;
  const headers = { ...(isJson && { 'content-type': 'application/json; charset=utf-8' }), ...answer.headers };
  const status = answer.status ?? 200;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(status).end(isJson ? JSON.stringify(answer.json) : answer.body);
}
