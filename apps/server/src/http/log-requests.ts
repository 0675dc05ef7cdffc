import type { Log } from '@lorebox/ports/runtime';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './app.ts';

/** One wide line per request. The path names the procedures; inputs, bodies and credentials stay out. */
export function logRequests(log: Log): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const { status } = c.res;
    const line = {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      address: c.get('address'),
    };
    if (status >= 500) log.warn(line, 'request');
    else log.info(line, 'request');
  };
}
