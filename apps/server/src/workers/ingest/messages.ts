import type { MessagePort } from 'node:worker_threads';
import type { Config } from '../../config.ts';

/** What the ingest thread is started with. */
export interface IngestThreadData {
  config: Config;
  writer: MessagePort;
}

export type ToIngestThread = { kind: 'wake' } | { kind: 'abort'; documentIds: readonly string[] } | { kind: 'stop' };
export type FromIngestThread =
  | { kind: 'progress' }
  | { kind: 'text-begin'; documentId: string }
  | { kind: 'text-end' }
  | { kind: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; fields: Record<string, unknown>; message: string };
