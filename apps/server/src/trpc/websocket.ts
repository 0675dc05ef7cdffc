import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { appRouter } from '@lorebox/api/router';
import { appErrorOf } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_CALL_BYTES, MAX_PUBLIC_BYTES } from '../http/body/body-reader.ts';
import { createTrpcContext } from '../http/call-context.ts';
import { clientAddress } from '../http/client-address.ts';
import { assertSameSite, readBearer } from '../http/credential.ts';
import type { ServerContext } from '../http/server-context.ts';
import { readCookie } from '../identity/session-cookie.ts';
import { openSocketGate, type SocketGate } from './socket-gate.ts';

const PATH = '/trpc-ws';

/**
 * Serves the procedures over a WebSocket. The credential is sent with the upgrade or as the connection parameter
 * `token`.
 */
export function mountWebSocket(server: Server, serverContext: ServerContext) {
  const { core, config, state } = serverContext;
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_PUBLIC_BYTES });
  const gates = new WeakMap<WebSocket, SocketGate>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const started = performance.now();
    const address = addressOf(request);
    const log = (status: number) => {
      const ms = Math.round(performance.now() - started);
      core.log.info({ method: 'GET', path: PATH, status, address, ms }, 'websocket');
    };
    const refuse = (status: number, reason: string) => {
      socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      log(status);
    };
    if ((request.url ?? '/').split('?', 1)[0] !== PATH) return refuse(404, 'Not Found');
    const isCookie = cookieOf(request) !== null && readBearer(request.headers.authorization) === null;
    if (isCookie && !isSameSite(request, state.ownOrigins)) return refuse(403, 'Forbidden');
    const leave = enterSocket(address);
    if (!leave) return refuse(429, 'Too Many Requests');
    socket.once('close', () => {
      leave();
      log(101);
    });
    wss.handleUpgrade(request, socket, head, (client) => {
      gates.set(client, openSocketGate(client, serverContext.requests, address));
      wss.emit('connection', client, request);
    });
  });
  const handler = applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    async createContext({ req, res, info }) {
      const context = createTrpcContext(serverContext, {
        secret: info.connectionParams?.token ?? readBearer(req.headers.authorization) ?? cookieOf(req),
        address: addressOf(req),
        requestId: randomUUID(),
        signal: () => undefined,
        onLimit: () => {},
        socket: { name: randomUUID(), maxStreams: config.http.maxStreamsPerSocket },
        setSessionCookie: () => {
          throw new AppError('BAD_REQUEST', 'Sign in over HTTP, not over the WebSocket.');
        },
      });
      const isKnown = await context.authenticate().then(
        () => true,
        () => false,
      );
      if (isKnown) gates.get(res)?.open(MAX_CALL_BYTES);
      return context;
    },
    onError: ({ error, path }) => {
      const app = appErrorOf(error);
      if (app.code === 'INTERNAL') core.log.error({ err: app.cause, path }, 'unexpected error');
    },
  });

  function cookieOf(request: IncomingMessage): string | null {
    return readCookie(request.headers.cookie ?? '', serverContext.cookie.name);
  }

  function addressOf(request: IncomingMessage): string {
    const forwarded = config.http.trustProxy ? request.headers['x-forwarded-for'] : undefined;
    return clientAddress(request.socket.remoteAddress, forwarded === undefined ? undefined : String(forwarded));
  }

  /** Returns null if the address has too many connections. */
  function enterSocket(address: string): (() => void) | null {
    try {
      return core.limits.ceilings.enter(`sockets of ${address}`, config.http.maxSocketsPerAddress, 'open WebSockets');
    } catch {
      return null;
    }
  }

  return {
    close() {
      handler.broadcastReconnectNotification();
      for (const client of wss.clients) client.terminate();
      wss.close();
    },
  };
}

function isSameSite({ headers }: IncomingMessage, ownOrigins: readonly string[]): boolean {
  const site = headers['sec-fetch-site'];
  const sent = new Headers({ origin: headers.origin ?? '', host: headers.host ?? '' });
  if (site !== undefined) sent.set('sec-fetch-site', String(site));
  try {
    assertSameSite(sent, ownOrigins);
    return true;
  } catch {
    return false;
  }
}
