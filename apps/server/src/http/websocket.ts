import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { appRouter } from '@lorebox/api/router';
import { appErrorOf } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { SESSION_COOKIE } from '../identity/lucia-sessions.ts';
import { assertSameSite } from './credential.ts';
import type { AppState, Serving } from './serving.ts';
import { createTrpcContext } from './trpc-context.ts';

const PATH = '/trpc-ws';

/** The same procedures over a WebSocket. The credential comes with the upgrade or as the connection parameter `token`. */
export function mountWebSocket(server: Server, serving: Serving) {
  const { core, env, state } = serving;
  const maxBytes = env.LOREBOX_MAX_BODY_MB * 1024 * 1024;
  const wss = new WebSocketServer({ noServer: true, maxPayload: maxBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refuse = (line: string) => socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`);
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== PATH) return refuse('404 Not Found');
    if (cookieOf(request) !== null && bearerOf(request) === null && !isSameSite(request, state))
      return refuse('403 Forbidden');
    wss.handleUpgrade(request, socket, head, (client) => wss.emit('connection', client, request));
  });
  const handler = applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    createContext: ({ req, info }) =>
      createTrpcContext(serving, {
        secret: info.connectionParams?.token ?? bearerOf(req) ?? cookieOf(req),
        address: req.socket.remoteAddress ?? 'unknown',
        requestId: randomUUID(),
        signal: () => undefined,
        onLimit: () => {},
        setSessionCookie: () => {
          throw new AppError('BAD_REQUEST', 'Sign in over HTTP.');
        },
      }),
    onError: ({ error, path }) => {
      const app = appErrorOf(error);
      if (app.code === 'INTERNAL') core.log.error({ err: app.cause, path }, 'unexpected error');
    },
  });
  return {
    close() {
      handler.broadcastReconnectNotification();
      for (const client of wss.clients) client.terminate();
      wss.close();
    },
  };
}

function bearerOf(request: IncomingMessage): string | null {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function cookieOf(request: IncomingMessage): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((candidate) => candidate.startsWith(`${SESSION_COOKIE}=`));
  return pair?.slice(SESSION_COOKIE.length + 1) || null;
}

function isSameSite(request: IncomingMessage, state: AppState): boolean {
  try {
    assertSameSite(new Headers({ origin: request.headers.origin ?? '' }), state.ownOrigins);
    return true;
  } catch {
    return false;
  }
}
