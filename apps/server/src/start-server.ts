import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { currentSettings } from '@lorebox/core/settings/current-settings';
import { cleanUp } from '@lorebox/core/system/clean-up';
import { findSandbox } from '@lorebox/parsers/sandbox';
import type { Database } from '@lorebox/storage/sqlite/database';
import { createApp } from './app.ts';
import { type App, compose } from './compose.ts';
import type { Config } from './config.ts';
import { BodyReader } from './http/body/body-reader.ts';
import { createIdempotency } from './http/idempotency.ts';
import type { ServerContext } from './http/server-context.ts';
import { LoginLimits } from './identity/login-limits.ts';
import { RequestLimits } from './identity/request-limits.ts';
import { createSessionCookie } from './identity/session-cookie.ts';
import type { Logger } from './logger.ts';
import { prepare } from './prepare.ts';
import { mountWebSocket } from './trpc/websocket.ts';

export interface RunningServer {
  url: string;
  /** Token of the one-time setup link; null once there is an admin. */
  setupToken: string | null;
  /**
   * Waits up to the drain time for answers in progress, then ends them. Ingest and sync runs resume after the next
   * start.
   */
  stop(): Promise<void>;
}

/** Time for responses in flight when the server stops. */
const DRAIN_MS = 3000;
const SWEEP_MS = 50;
const FIRST_CLEAN_UP_MS = 60_000;
const CLEAN_UP_MS = 3_600_000;

/** Everything except the database, which main.ts opens while the rest is still loading. */
export async function startServer(config: Config, log: Logger, database: Database): Promise<RunningServer> {
  if (config.parser.sandbox === 'require') await findSandbox('require');
  const composed = compose(config, log, database);
  const setupToken = await prepare(composed, config);
  composed.webhooks.start();
  composed.evalRunner.start();
  composed.summaryRunner.start();
  composed.languageFollower.start();
  await composed.sources.start();
  if (composed.vectorSync) composed.vectorSync.start();
  else await database.vectorSyncs.use(null);
  const housekeeping = startCleanup(composed);
  const { core } = composed;
  const state = { isReady: true, ownOrigins: config.http.publicUrl ? [config.http.publicUrl] : [] };
  const cookie = createSessionCookie(config.http.publicUrl);
  const serverContext: ServerContext = {
    core,
    config,
    state,
    logins: new LoginLimits(),
    requests: new RequestLimits(() => currentSettings(core)),
    cookie,
    idempotency: createIdempotency(core, cookie),
    bodies: new BodyReader({ idleMs: config.http.bodyIdleMs }),
    readVersion: database.readVersion,
  };
  const app = createApp(serverContext, database);
  const { server, address } = await listen(app.fetch, config.http);
  const url = urlOf(config.http.host, address.port);
  state.ownOrigins.push(url, `http://localhost:${address.port}`);
  const webSocket = mountWebSocket(server, serverContext);
  database.warm().catch((err) => log.warn({ err }, 'vector preload failed'));
  return {
    url,
    setupToken,
    async stop() {
      state.isReady = false;
      await core.answerHub.drain(config.http.drainMs);
      const closed = new Promise((resolve) => server.close(resolve));
      await composed.core.answerHub.stop('shutdown');
      webSocket.close();
      // A stream that has just ended leaves its connection open for another request.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const drain = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(drain);
      clearInterval(sweep);
      await housekeeping.stop();
      await serverContext.bodies.close();
      await composed.close();
    },
  };
}

/** Cleans up shortly after the start and then every hour, in the background. */
function startCleanup({ core }: App): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = cleanUp(core, stopped.signal).catch((err) => core.log.error({ err }, 'expired data cleanup failed'));
  };
  const first = setTimeout(run, FIRST_CLEAN_UP_MS);
  const timer = setInterval(run, CLEAN_UP_MS);
  return {
    stop() {
      stopped.abort();
      clearTimeout(first);
      clearInterval(timer);
      return running;
    },
  };
}

/** Closes connections of an address that has too many. A proxy counts as one address. */
function boundConnections(server: Server, maxPerAddress: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (open.get(address) ?? 0) + 1;
    if (count > maxPerAddress) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}

const REQUEST_OPTIONS = {
  headersTimeout: 30_000,
  // By default, Node allows five minutes per request, which is too short for a large file over a slow connection.
  requestTimeout: 3_600_000,
  // Percent-encoded filters of lists take up to 12 bytes per character.
  maxHeaderSize: 65_536,
};

function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  { port, host: hostname, maxConnectionsPerAddress }: Config['http'],
): Promise<{ server: Server; address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname, serverOptions: REQUEST_OPTIONS }, (address) =>
      resolve({ server, address }),
    ) as Server;
    boundConnections(server, maxConnectionsPerAddress);
    server.on('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is in use. Stop the program that uses it, or set PORT.`) : error);
    });
  });
}

/** Returns the URL for clients on this machine. */
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
