import type { Actor } from '@lorebox/contract/actor';
import { requireNotNarrowed } from '@lorebox/core/access/require-not-narrowed';
import { type Context, toTrpcError } from './trpc.ts';

const CHECK_EVERY_MS = 5000;

/**
 * Passes a stream on for as long as the caller's credential is good and allows what it did: a revoked or narrowed key, a
 * demoted or suspended user and a removed member lose open streams too, within seconds.
 */
export async function* whileAuthorized<T>(
  ctx: Context & { actor: Actor },
  /** Fires when the caller has left, whatever the wire. */
  gone: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncIterable<T>,
  /** Throws when the caller as they are now may not see what the stream shows. */
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
    // Middleware sees a stream open, not what it throws later.
    throw toTrpcError(refused ?? error);
  } finally {
    clearInterval(timer);
    gone?.removeEventListener('abort', leave);
    controller.abort();
  }
}
