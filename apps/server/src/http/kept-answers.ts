import type { Actor } from '@lorebox/contract/actor';
import type { KeptAnswers, QueryAnswer } from '@lorebox/openapi';
import type { Context } from 'hono';
import { assertGranted } from '../identity/request-limits.ts';
import type { HttpEnv } from './app.ts';
import { readCredential } from './credential.ts';
import { noteLimit } from './note-limit.ts';
import type { Serving } from './serving.ts';

interface Kept {
  version: unknown;
  at: number;
  actor: Actor;
  answer: QueryAnswer;
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
export function createKeptAnswers({ core, requests, cookie, readVersion }: Serving): KeptAnswers<HttpEnv> {
  const kept = new Map<string, Kept>();
  const nameOf = (c: Context<HttpEnv>): string | null => {
    const credential = readCredential(c, cookie);
    return credential && `${core.secrets.digest(credential.secret)} ${c.req.url}`;
  };
  return {
    async find(c) {
      if (kept.size === 0) return null;
      const name = nameOf(c);
      const known = name === null ? undefined : kept.get(name);
      if (name === null || !known) return null;
      if (known.version !== readVersion() || performance.now() - known.at > MAX_AGE_MS) {
        kept.delete(name);
        return null;
      }
      c.set('actor', known.actor);
      const limit = await requests.ofActor(known.actor);
      if (limit) noteLimit(c, limit);
      assertGranted(limit);
      return known.answer;
    },
    begin: readVersion,
    keep(c, version, answer) {
      const name = nameOf(c);
      const actor = c.get('actor');
      if (name === null || !actor || answer.body.length > MAX_LENGTH) return;
      if (kept.size >= MAX_ENTRIES) kept.clear();
      kept.set(name, { version, at: performance.now(), actor, answer });
    },
  };
}
