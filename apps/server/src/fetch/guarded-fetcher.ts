import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { BlobStore, UrlFetcher } from '@lorebox/ports/runtime';
import { Agent, request } from 'undici';
import { isPublicAddress } from './address-guard.ts';

export interface FetchOptions {
  /** Hosts (name or address) that may be private. */
  allow: readonly string[];
  maxBytes: number;
  timeoutMs: number;
}

const MAX_REDIRECTS = 5;

/**
 * Fetches public addresses only. The address is parsed once (WHATWG), resolved once, checked, and the connection is
 * pinned to exactly what was checked, so that neither a second parser nor a second DNS answer can lead elsewhere. Every
 * redirect goes through the same.
 */
export function createGuardedFetcher(blobs: BlobStore, options: FetchOptions): UrlFetcher {
  return {
    async fetchToFile(address, signal) {
      const deadline = AbortSignal.timeout(options.timeoutMs);
      const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
      let url = parseUrl(address);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const dispatcher = await pinnedAgent(url, options);
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
            throw new AppError('BAD_REQUEST', `${url.host} answered with status ${response.statusCode}.`);
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
    const why = signal.aborted ? 'it took too long' : error instanceof Error ? error.message : String(error);
    throw new AppError('BAD_REQUEST', `${url.host} could not be fetched: ${why}.`, { cause: error });
  }
}

function parseUrl(address: string): URL {
  if (!URL.canParse(address)) throw new AppError('URL_REFUSED', 'This is not an address.');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AppError('URL_REFUSED', 'Only http and https addresses can be fetched.');
  }
  if (url.username || url.password)
    throw new AppError('URL_REFUSED', 'Leave user name and password out of the address.');
  return url;
}

/** An agent that connects to the checked address and to nothing else. */
async function pinnedAgent(url: URL, { allow }: FetchOptions): Promise<Agent> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolveHost(host);
  const isAllowed = allow.includes(host.toLowerCase());
  if (!isAllowed && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new AppError(
      'URL_REFUSED',
      `${host} is not on the open internet. An admin can allow it with LOREBOX_FETCH_ALLOW.`,
    );
  }
  const [first] = addresses;
  if (!first) throw new AppError('BAD_REQUEST', `${host} has no address.`);
  return new Agent({
    connect: {
      lookup: (_host, { all }, done) => {
        if (all) done(null, [first]);
        else done(null, first.address, first.family);
      },
    },
  });
}

async function resolveHost(host: string): Promise<{ address: string; family: number }[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await lookup(host, { all: true });
  } catch (error) {
    throw new AppError('BAD_REQUEST', `${host} can not be found.`, { cause: error });
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
