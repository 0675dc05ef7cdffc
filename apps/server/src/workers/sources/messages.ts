import type { MessagePort } from 'node:worker_threads';
import type { Config } from '../../config.ts';

/** What the source thread is started with. */
export interface SourceThreadData {
  config: Config;
  writer: MessagePort;
}

export type ToSourceThread =
  | { kind: 'wake' }
  | { kind: 'ping' }
  | { kind: 'abort'; sourceId: string }
  | { kind: 'stop' };
export type FromSourceThread =
  | { kind: 'documents' }
  | { kind: 'pong' }
  | { kind: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; fields: Record<string, unknown>; message: string };
