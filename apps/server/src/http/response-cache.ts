import type { Actor } from '@lorebox/contract/actor';
import type { CachedResponse, ResponseCache } from '@lorebox/openapi';
import type { Context } from 'hono';
import { requireToken } from '../identity/request-limits.ts';
import { readCredential } from './credential.ts';
import type { HttpEnv } from './http-env.ts';
import type { ServerContext } from './server-context.ts';
import { setRateLimitHeaders } from './set-rate-limit-headers.ts';

interface Entry {
  version: unknown;
  at: number;
  actor: Actor;
  answer: CachedResponse;
}

/** What depends on time alone (a key that expires, a session that is extended) is no staler than this. */
const MAX_AGE_MS = 1000;
/** At most 64 MB of text. */
const MAX_ENTRIES = 500;
const MAX_LENGTH = 64 * 1024;

/**
 * Answers of queries that nothing has been committed since: the same caller who asks the same again gets the same text, and
 * nothing is read for it but the writer's count of commits. That holds for everything that is stored, rights included: a key
 * that is revoked or a member who is removed is a commit. Limits are counted as ever.
 */
export function createResponseCache({ core, requests, cookie, readVersion }: ServerContext): ResponseCache<HttpEnv> {
  const entries = new Map<string, Entry>();
  const nameOf = (c: Context<HttpEnv>): string | null => {
    const credential = readCredential(c, cookie);
    return credential && `${core.security.secrets.digest(credential.secret)} ${c.req.url}`;
  };
  return {
    async find(c) {
      if (entries.size === 0) return null;
      const name = nameOf(c);
      const known = name === null ? undefined : entries.get(name);
      if (name === null || !known) return null;
      if (known.version !== readVersion() || performance.now() - known.at > MAX_AGE_MS) {
        entries.delete(name);
        return null;
      }
      c.set('actor', known.actor);
      const limit = await requests.ofActor(known.actor);
      if (limit) setRateLimitHeaders(c, limit);
      requireToken(limit);
      return known.answer;
    },
    begin: readVersion,
    keep(c, version, answer) {
      const name = nameOf(c);
      const actor = c.get('actor');
      if (name === null || !actor || answer.body.length > MAX_LENGTH) return;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      entries.set(name, { version, at: performance.now(), actor, answer });
    },
  };
}
