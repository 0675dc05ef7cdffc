import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '@lorebox/contract/errors';
import { Agent } from 'undici';
import { isPublicAddress } from './address-guard.ts';
import { isAllowedHost } from './host-allow-list.ts';

/** @throws AppError URL_REFUSED unless the address is a plain http(s) URL. */
export function parseUrl(address: string): URL {
  if (!URL.canParse(address)) throw new AppError('URL_REFUSED', 'Invalid URL.');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AppError('URL_REFUSED', 'Only http and https URLs are supported.');
  }
  if (url.username || url.password) throw new AppError('URL_REFUSED', 'Remove the username and password from the URL.');
  return url;
}

/**
 * Resolves a host and checks that its address is public or on the allowlist.
 * @throws AppError URL_REFUSED or BAD_REQUEST.
 */
export async function resolvePublic(url: URL, allow: readonly string[]): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolveHost(host);
  const isAllowed = isAllowedHost(allow, url);
  if (!isAllowed && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new AppError(
      'URL_REFUSED',
      `${url.host} is a private address. An admin can allow it with LOREBOX_FETCH_ALLOW=${url.host}.`,
    );
  }
  const [first] = addresses;
  if (!first) throw new AppError('BAD_REQUEST', `${host} has no IP address.`);
  return first;
}

/** Returns an agent that connects only to the checked address. */
export async function pinnedAgent(url: URL, allow: readonly string[]): Promise<Agent> {
  const pinned = await resolvePublic(url, allow);
  return new Agent({ connect: { lookup: lookupOf(async () => pinned) } });
}

/**
 * Resolves and checks the host for every new connection, for connections that outlive one request. A host that is an IP
 * address isn't looked up, so check it before.
 */
export function guardedLookup(url: URL, allow: readonly string[]): LookupFunction {
  return lookupOf(() => resolvePublic(url, allow));
}

function lookupOf(resolve: () => Promise<{ address: string; family: number }>): LookupFunction {
  return (_host, { all }, done) => {
    resolve().then(
      (found) => (all ? done(null, [found]) : done(null, found.address, found.family)),
      (error: Error) => done(error, '', 0),
    );
  };
}

async function resolveHost(host: string): Promise<{ address: string; family: number }[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await lookup(host, { all: true });
  } catch (error) {
    throw new AppError('BAD_REQUEST', `${host} could not be resolved. Check the hostname.`, { cause: error });
  }
}
