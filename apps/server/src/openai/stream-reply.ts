import { AppError, isAppError } from '@lorebox/contract/errors';
import { eventStream, type ServerSentEvent } from '@lorebox/openapi';
import type { Call } from './call.ts';
import { type ErrorBody, toOpenAiError } from './errors.ts';

const PING_MS = 15_000;
/** How long an answer may take to fail with a status of its own. */
export const HEAD_START_MS = 2000;

/** Server-sent events as the response; `ping` is sent while nothing else is. */
export function streamReply({ c }: Call, source: AsyncIterable<ServerSentEvent>, ping: ServerSentEvent): Response {
  return c.body(eventStream(source, { ping, pingMs: PING_MS }), 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
}

/** What a client is told about an error after the stream was opened. Unexpected ones are logged. */
export function toStreamError({ c, core }: Call, error: unknown): ErrorBody {
  if (!isAppError(error)) core.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error');
  return toOpenAiError(isAppError(error) ? error : new AppError('INTERNAL')).body;
}
