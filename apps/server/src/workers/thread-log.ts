import type { Log } from '@lorebox/ports/runtime';
import type { Notify } from '@lorebox/worker-rpc/notify';
import type { LogMethods } from './supervised-worker.ts';

/** The log of a supervised thread. The main thread writes its messages. */
export function createThreadLog(notify: Notify<LogMethods>): Log {
  return {
    debug: (fields, message) => notify('log.debug', { fields: plainFields(fields), message }),
    info: (fields, message) => notify('log.info', { fields: plainFields(fields), message }),
    warn: (fields, message) => notify('log.warn', { fields: plainFields(fields), message }),
    error: (fields, message) => notify('log.error', { fields: plainFields(fields), message }),
  };
}

/** Errors lose their stack when they are sent to another thread. */
function plainFields(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...rest } = fields;
  if (!(err instanceof Error)) return fields;
  return { ...rest, err: { type: err.name, message: err.message, stack: err.stack } };
}
