import { nameOf } from '@lorebox/core/audit/audit-entry';
import type { Log } from '@lorebox/ports/runtime';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** Logs one wide line per request: caller, address and procedures. Never logs inputs, bodies or credentials. */
export function logRequests(log: Log): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const { status } = c.res;
    const actor = c.get('actor');
    const line = {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: loggedPath(c.req.path),
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      address: c.get('address'),
      actor: actor && nameOf(actor),
    };
    if (status >= 500) log.warn(line, 'request');
    else log.info(line, 'request');
  };
}

/** Leaves out what a path must not say in a log: the names of files, and the tokens of share links. */
function loggedPath(path: string): string {
  const [, area, id] = path.split('/', 3);
  if (area === 'files') return `/files/${id ?? ''}/*`;
  if (area === 's') return '/s/*';
  return path.startsWith('/v1/shared/') ? '/v1/shared/*' : path;
}
