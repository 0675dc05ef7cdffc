import pino from 'pino';
import type { Env } from './env.ts';

export type Logger = pino.Logger;

/** One JSON line per event on stdout. Never hand it prompts, keys or document text. */
export function createLogger(env: Pick<Env, 'LOREBOX_LOG_LEVEL'>): Logger {
  return pino({
    level: env.LOREBOX_LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.authorization', '*.cookie', '*.password', '*.key', '*.token'], censor: '[redacted]' },
  });
}
