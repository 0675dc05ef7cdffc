import pino from 'pino';
import type { Config } from './config.ts';

export type Logger = pino.Logger;

/** One system call per line would cost more than many requests. */
const BUFFER_BYTES = 4096;
const FLUSH_MS = 250;

/** Writes one JSON line per event to stdout. Never pass prompts, keys or document text. */
export function createLogger({ level }: Config['log']): Logger {
  const destination = pino.destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  setInterval(() => destination.flush(), FLUSH_MS).unref();
  process.on('exit', () => destination.flushSync());
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.authorization', '*.cookie', '*.password', '*.key', '*.token'], censor: '[redacted]' },
  };
  return pino(options, destination);
}
