import type { AppRouter } from '@lorebox/api/router';
import type { TRPCLink } from '@trpc/client';
import { readErrorCode } from './errors.ts';
import { type LogEntry, type Logger, writeLog } from './logger.ts';
import type { RequestContext } from './request-context.ts';
import { describeResponse, isResponse } from './response-info.ts';

/** Writes a log entry for every attempt of a call. Streams are logged when they end. */
export function logCalls(logger: Logger): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      const source = next(op);
      const startedAt = performance.now();
      const { attempt = 1 } = op.context as RequestContext;
      const log = (response: unknown, code: string | null) => {
        const { status, requestId } = isResponse(response) ? describeResponse(response) : NO_RESPONSE;
        writeLog(logger, createEntry({ operation: op.path, attempt, startedAt, status, requestId, code }));
      };
      return {
        ...source,
        subscribe(observer) {
          let response: unknown;
          return source.subscribe({
            ...observer,
            next(value) {
              response = value.context?.response;
              observer.next?.(value);
            },
            error(error) {
              log(error.meta?.response ?? response, readErrorCode(error));
              observer.error?.(error);
            },
            complete() {
              log(response, null);
              observer.complete?.();
            },
          });
        },
      };
    };
}

const NO_RESPONSE = { status: null, requestId: null };

export function createEntry({
  startedAt,
  ...fields
}: Omit<LogEntry, 'level' | 'message' | 'durationMs'> & { startedAt: number }): LogEntry {
  const durationMs = Math.round(performance.now() - startedAt);
  const isFailure = fields.code !== null;
  return {
    ...{ level: isFailure ? 'warn' : 'debug', message: isFailure ? 'request failed' : 'request succeeded' },
    ...fields,
    durationMs,
  };
}
