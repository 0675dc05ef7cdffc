import pino from 'pino';
import type { Config } from './config.ts';

export type Logger = pino.Logger;

/** A system call for every line would cost more than many a request. */
const BUFFER_BYTES = 4096;
const FLUSH_MS = 250;

/** One JSON line per event on stdout. Never hand it prompts, keys or document text. */
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
