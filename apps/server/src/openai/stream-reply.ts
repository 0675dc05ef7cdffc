import { AppError, isAppError } from '@lorebox/contract/errors';
import { eventStream, type ServerSentEvent } from '@lorebox/openapi';
import type { Call } from './call.ts';
import { type ErrorBody, toOpenAiError } from './errors.ts';

const PING_MS = 15_000;
/** Time in which an answer can still fail with its own status code. */
export const HEAD_START_MS = 2000;

/** Streams the response as server-sent events. `ping` is sent while idle. */
export function streamReply({ c }: Call, source: AsyncIterable<ServerSentEvent>, ping: ServerSentEvent): Response {
  return c.body(eventStream(source, { ping, pingMs: PING_MS }), 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
}

/** Converts an error in an open stream for the client. Logs unexpected errors. */
export function toStreamError({ c, core }: Call, error: unknown): ErrorBody {
  if (!isAppError(error)) core.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error');
  return toOpenAiError(isAppError(error) ? error : new AppError('INTERNAL')).body;
}
