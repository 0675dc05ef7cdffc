import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type JsonObject = Record<string, unknown>;

/** A request to a fake. */
export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The JSON body; empty for GET. For a multipart body, `multipart` contains its bytes as Latin-1. */
  body: JsonObject;
}

/** Fields of all fakes: URL, requests in order of arrival, and the number of clients that disconnected early. */
export interface FakeServer {
  /** "http://127.0.0.1:PORT", without a trailing slash. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** Responses that the client aborted. Connections cut by a fault don't count. */
  readonly aborted: number;
  close(): Promise<void>;
}

export interface FakeExchange {
  request: RecordedRequest;
  response: ServerResponse;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
}

export type FakeRoutes = Record<string, (exchange: FakeExchange) => void | Promise<void>>;

/** How the pieces of a stream are sent. */
export interface Pace {
  firstTokenDelayMs: number;
  delayMs: number;
  /** After which piece it stops, and how. */
  ending: 'whole' | 'cut' | 'stall' | 'short';
}

/** Starts a node:http server on a free port. Routes have names such as "POST /api/chat". */
export async function startFakeServer(routes: FakeRoutes): Promise<FakeServer> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let aborted = 0;
  const server = createServer((incoming, response) => {
    const left = new AbortController();
    response.once('close', () => {
      if (response.writableFinished || cutResponses.has(response)) return;
      aborted += 1;
      left.abort();
    });
    serve(incoming, response, left.signal).catch((error: unknown) => {
      if (left.signal.aborted || response.destroyed) return;
      sendJson(response, 500, { error: String(error) });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    const method = incoming.method ?? 'GET';
    const request = { method, path, headers: incoming.headers, body: await readJson(incoming) };
    requests.push(request);
    const route = routes[`${method} ${path}`];
    if (route) await route({ request, response, signal });
    else sendJson(response, 404, { error: `no such path: ${method} ${path}` });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get aborted() {
      return aborted;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const cutResponses = new WeakSet<ServerResponse>();

/** Destroys the socket once all data so far is sent. */
export function cutConnection(response: ServerResponse, lastWords = ''): void {
  cutResponses.add(response);
  if (lastWords === '') response.destroy();
  else response.write(lastWords, () => setImmediate(() => response.destroy()));
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** Writes the pieces with delays. Without delays it is one write, so that a benchmark doesn't measure the fake. */
export async function writePieces(exchange: FakeExchange, pieces: readonly string[], pace: Pace): Promise<void> {
  const { response, signal } = exchange;
  response.flushHeaders();
  const sent = pace.ending === 'whole' ? pieces : pieces.slice(0, Math.max(1, Math.floor(pieces.length / 2)));
  if (pace.firstTokenDelayMs > 0) await sleep(pace.firstTokenDelayMs, undefined, { signal });
  let rest = '';
  if (pace.delayMs > 0) {
    for (const piece of sent) {
      response.write(piece);
      await sleep(pace.delayMs, undefined, { signal });
    }
  } else {
    rest = sent.join('');
  }
  if (pace.ending === 'cut') cutConnection(response, rest || '\n');
  else if (pace.ending !== 'stall') response.end(rest);
  else if (rest !== '') response.write(rest);
}

async function readJson(incoming: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const isForm = incoming.headers['content-type']?.startsWith('multipart/form-data');
  if (isForm) return { multipart: Buffer.concat(chunks).toString('latin1') };
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? (parsed as JsonObject) : {};
}
