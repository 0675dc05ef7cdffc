import { type Context, toTrpcError } from './trpc.ts';

const CHECK_EVERY_MS = 5000;

/**
 * Passes a stream on for as long as the caller's credential is good: a revoked key or a suspended user loses open
 * streams too, within seconds.
 */
export async function* whileAuthorized<T>(
  ctx: Context,
  /** Fires when the caller has left, whatever the wire. */
  gone: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const controller = new AbortController();
  let refused: unknown;
  const leave = () => controller.abort();
  gone?.addEventListener('abort', leave, { once: true });
  if (gone?.aborted) leave();
  const timer = setInterval(() => {
    ctx.authenticate().catch((error) => {
      refused = error;
      controller.abort();
    });
  }, CHECK_EVERY_MS);
  try {
    yield* open(controller.signal);
    if (refused) throw refused;
  } catch (error) {
    // Middleware sees a stream open, not what it throws later.
    throw toTrpcError(error);
  } finally {
    clearInterval(timer);
    gone?.removeEventListener('abort', leave);
    controller.abort();
  }
}
