import { AppError, isAppError } from '@lorebox/contract/errors';
import type { BlobStore, UrlFetcher } from '@lorebox/ports/runtime';
import { type Agent, request } from 'undici';
import { parseUrl, pinnedAgent } from './pinned-agent.ts';

export interface FetchOptions {
  /** Hosts (name or IP address) that may be private. */
  allow: readonly string[];
  maxBytes: number;
  timeoutMs: number;
}

const MAX_REDIRECTS = 5;

/**
 * Fetches public addresses only. The URL is parsed once (WHATWG), resolved once and checked, and the connection is
 * pinned to the checked address, so neither a second parser nor a second DNS response can redirect it. Every redirect
 * is checked the same way.
 */
export function createGuardedFetcher(blobs: BlobStore, options: FetchOptions): UrlFetcher {
  return {
    async fetchToFile(address, signal) {
      const deadline = AbortSignal.timeout(options.timeoutMs);
      const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
      let url = parseUrl(address);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const dispatcher = await pinnedAgent(url, options.allow);
        try {
          const response = await open(url, dispatcher, either);
          const location = response.headers.location;
          if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
            await response.body.dump();
            url = parseUrl(new URL(location, url).href);
            continue;
          }
          if (response.statusCode !== 200) {
            await response.body.dump();
            throw new AppError('BAD_REQUEST', `${url.host} responded with status ${response.statusCode}.`);
          }
          const contentType = headerOf(response.headers['content-type']);
          const about = { filename: filenameOf(url, headerOf(response.headers['content-disposition'])), contentType };
          const staged = await blobs.stage(response.body, { ...about, maxBytes: options.maxBytes });
          return { ...staged, finalUrl: url.href };
        } finally {
          await dispatcher.close();
        }
      }
      throw new AppError('URL_REFUSED', `More than ${MAX_REDIRECTS} redirects.`);
    },
  };
}

async function open(url: URL, dispatcher: Agent, signal: AbortSignal) {
  try {
    const headers = { 'user-agent': 'Lorebox', accept: 'text/html,application/pdf,*/*;q=0.8' };
    return await request(url, { dispatcher, signal, headers });
  } catch (error) {
    if (isAppError(error)) throw error;
    const why = signal.aborted ? 'the request timed out' : error instanceof Error ? error.message : String(error);
    throw new AppError('BAD_REQUEST', `Failed to fetch ${url.host}: ${why}.`, { cause: error });
  }
}

const headerOf = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

function filenameOf(url: URL, disposition: string | null): string {
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(disposition ?? '')?.[1];
  const last = url.pathname.split('/').findLast((part) => part !== '');
  const name = named ?? last ?? url.hostname;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
