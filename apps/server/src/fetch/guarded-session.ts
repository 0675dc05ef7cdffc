import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Json, SourceFetch, SourceResponse } from '@lorebox/ports/connector';
import { type Agent, type Dispatcher, request as send } from 'undici';
import { parseUrl, pinnedAgent } from './pinned-agent.ts';

export interface SessionOptions {
  /** Hosts (name or IP address) that may be private. */
  allow: readonly string[];
  userAgent: string;
  /** Timeout for the first byte of a response, and between two bytes. */
  timeoutMs: number;
}

const MAX_REDIRECTS = 5;
/** Number of hosts whose connections stay open. */
const MAX_AGENTS = 16;
/** A body that takes longer is aborted. */
const MAX_BODY_MS = 30 * 60_000;
const MAX_TEXT_BYTES = 32 * 1024 * 1024;
/** Headers that may be sent to another origin. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'user-agent',
  'range',
  'if-none-match',
  'if-modified-since',
]);

/**
 * The HTTP requests of one sync run, sent through the network guard. Each host is resolved once and checked, and its
 * connections are pinned to the checked address. Redirects are checked the same way. Connections stay open until
 * `close`.
 */
export function openGuardedSession(options: SessionOptions): { fetch: SourceFetch; close(): Promise<void> } {
  const agents = new Map<string, Promise<Agent>>();
  const defaults = { 'user-agent': options.userAgent, 'accept-encoding': 'gzip, br' };

  async function agentFor(url: URL): Promise<Agent> {
    const known = agents.get(url.origin);
    if (known) return known;
    const oldest = agents.size >= MAX_AGENTS ? [...agents][0] : undefined;
    if (oldest) {
      agents.delete(oldest[0]);
      oldest[1].then((agent) => agent.close()).catch(() => {});
    }
    const opened = pinnedAgent(url, options.allow);
    agents.set(url.origin, opened);
    opened.catch(() => agents.delete(url.origin));
    return opened;
  }

  const fetch: SourceFetch = async (address, { method = 'GET', headers = {}, body, signal } = {}) => {
    let url = parseUrl(String(address));
    let request: Hop = { method, headers: { ...defaults, ...withoutEmpty(headers) }, body };
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const response = await open(url, await reach(() => agentFor(url), url), request, options.timeoutMs, signal);
      const location = response.headers.location;
      const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode) && typeof location === 'string';
      if (!isRedirect) return toResponse(url, response);
      await response.body.dump();
      if (!URL.canParse(location, url.href))
        throw new AppError('SOURCE_FAILED', `${url.host} redirects to an invalid URL.`);
      const next: URL = parseUrl(new URL(location, url).href);
      request = afterRedirect(request, response.statusCode, next.origin === url.origin);
      url = next;
    }
    throw new AppError('URL_REFUSED', `More than ${MAX_REDIRECTS} redirects.`);
  };

  return {
    fetch,
    async close() {
      const opened = await Promise.allSettled(agents.values());
      await Promise.allSettled(opened.map((one) => (one.status === 'fulfilled' ? one.value.destroy() : undefined)));
    },
  };
}

interface Hop {
  method: 'GET' | 'HEAD' | 'POST';
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

const withoutEmpty = (headers: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value ? [[name.toLowerCase(), value] as const] : [])),
  );

/** Removes credentials when the origin changes. */
function afterRedirect(request: Hop, status: number, isSameOrigin: boolean): Hop {
  const isRead = request.method === 'HEAD' || request.method === 'GET';
  const becomesGet = !isRead && status !== 307 && status !== 308;
  const headers = isSameOrigin
    ? request.headers
    : Object.fromEntries(Object.entries(request.headers).filter(([name]) => HARMLESS.has(name)));
  if (isRead || becomesGet) return { method: isRead ? request.method : 'GET', headers, body: undefined };
  if (!isSameOrigin) throw new AppError('URL_REFUSED', 'A request with a body was redirected to another host.');
  return { ...request, headers };
}

async function reach<T>(connect: () => Promise<T>, url: URL): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    // The host does not exist; it may come back.
    if (isAppError(error) && error.code === 'BAD_REQUEST') {
      throw new AppError('SOURCE_FAILED', `${url.hostname} could not be resolved. Check the hostname.`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function open(
  url: URL,
  dispatcher: Agent,
  { method, headers, body }: Hop,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Dispatcher.ResponseData> {
  try {
    return await send(url, {
      method,
      headers,
      body: body ?? null,
      dispatcher,
      signal: signal ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw broken(url, error);
  }
}

function broken(url: URL, error: unknown): AppError {
  const why = error instanceof Error ? error.message || error.name : String(error);
  return new AppError('SOURCE_FAILED', `Failed to reach ${url.host}: ${why}.`, { cause: error });
}

/** The reader enforces the limit on the decompressed size. */
function decode({ headers, body }: Dispatcher.ResponseData): Readable {
  const encoding = String(headers['content-encoding'] ?? '').toLowerCase();
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip' ? createGunzip() : encoding === 'br' ? createBrotliDecompress() : null;
  if (!unpack) return body;
  // Errors of either stream reach the reader, and each stream ends with the other.
  return pipeline(body, unpack, () => {});
}

function toResponse(url: URL, response: Dispatcher.ResponseData): SourceResponse {
  async function* read(): AsyncGenerator<Uint8Array> {
    const until = Date.now() + MAX_BODY_MS;
    try {
      for await (const chunk of decode(response)) {
        if (Date.now() > until) throw new AppError('SOURCE_FAILED', `The response of ${url.host} timed out.`);
        yield chunk as Uint8Array;
      }
    } catch (error) {
      throw isAppError(error) ? error : broken(url, error);
    }
  }
  async function text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of read()) {
      size += chunk.byteLength;
      if (size > MAX_TEXT_BYTES) throw new AppError('SOURCE_FAILED', `The response of ${url.host} is too large.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
  return {
    status: response.statusCode,
    url,
    header(name) {
      const value = response.headers[name];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
    body: { [Symbol.asyncIterator]: () => read() },
    text,
    async json() {
      const body = await text();
      try {
        return JSON.parse(body) as Json;
      } catch (error) {
        const what = `${url.host} returned a response that is not JSON (status ${response.statusCode}).`;
        throw new AppError('SOURCE_FAILED', `${what} Check the URL.`, { cause: error });
      }
    },
    async drop() {
      await response.body.dump({ limit: 65_536 }).catch(() => {});
    },
  };
}
