import { AppError } from '@lorebox/contract/errors';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env } from '../env.ts';

const DRAIN_MS = 10_000;

/** Refuses bodies above `LOREBOX_MAX_BODY_MB`. */
export function bodyLimiter(env: Env): MiddlewareHandler {
  const maxSize = env.LOREBOX_MAX_BODY_MB * 1024 * 1024;
  const limit = bodyLimit({
    maxSize,
    onError: async (c) => {
      await drain(c.req.raw);
      throw new AppError(
        'TOO_LARGE',
        `A request may have ${env.LOREBOX_MAX_BODY_MB} MB; upload larger things as files.`,
      );
    },
  });
  // A length that was announced is enough to go by; the middleware would make a Request of it.
  const isSmall = (c: Context) => Number(c.req.header('content-length') ?? Number.NaN) <= maxSize;
  return (c, next) => (c.req.method === 'GET' || isSmall(c) ? next() : limit(c, next));
}

/** Most clients read an answer only once they have sent all; nothing of it is kept. */
async function drain(request: Request): Promise<void> {
  const signal = AbortSignal.timeout(DRAIN_MS);
  await request.body?.pipeTo(new WritableStream(), { signal }).catch(() => {});
}
