import type { Actor } from '@lorebox/contract/actor';
import { requireNotNarrowed } from '@lorebox/core/access/require-not-narrowed';
import { type Context, toTrpcError } from './trpc.ts';

const CHECK_EVERY_MS = 5000;

/**
 * Forwards a stream while the caller's credential is valid and still allows the access. Open streams of revoked or
 * restricted keys, demoted or suspended users and removed members end within seconds.
 */
export async function* whileAuthorized<T>(
  ctx: Context & { actor: Actor },
  /** Aborts when the caller disconnects, on any transport. */
  gone: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncIterable<T>,
  /** Throws if the caller, with their current permissions, must not see what the stream shows. */
  requireAccess: (actor: Actor) => Promise<unknown>,
): AsyncGenerator<T> {
  const controller = new AbortController();
  let refused: unknown;
  const leave = () => controller.abort();
  gone?.addEventListener('abort', leave, { once: true });
  if (gone?.aborted) leave();
  const recheck = async () => {
    const now = await ctx.authenticate();
    requireNotNarrowed(ctx.actor, now);
    await requireAccess(now);
  };
  const timer = setInterval(() => {
    recheck().catch((error) => {
      refused = error;
      controller.abort();
    });
  }, CHECK_EVERY_MS);
  try {
    yield* open(controller.signal);
    if (refused) throw refused;
  } catch (error) {
    // Middleware only sees the stream open, not its later errors.
    throw toTrpcError(refused ?? error);
  } finally {
    clearInterval(timer);
    gone?.removeEventListener('abort', leave);
    controller.abort();
  }
}
