import { Worker } from 'node:worker_threads';
import { AppError } from '@lorebox/contract/errors';
import type { TableEngine } from '@lorebox/ports/table-engine';
import { WorkerClient } from '@lorebox/worker-rpc/worker-client';
import type { TableMethods } from './table-thread.ts';

const IDLE_MS = 60_000;
const MAX_MEMORY_MB = 1024;

/**
 * Runs table queries on a thread of their own. A query that takes longer than `timeoutMs` ends with the thread, but only
 * between two result rows: SQLite can't be interrupted in the middle of one. So don't run SQL from models or users.
 */
export function createSqliteTableEngine(options: { timeoutMs: number }): TableEngine {
  let worker: Worker | null = null;
  const client = new WorkerClient<TableMethods>({
    start() {
      worker = new Worker(new URL('./table-thread.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
      });
      return worker;
    },
    idleMs: IDLE_MS,
    lostError: (cause) =>
      cause ?? new AppError('TIMEOUT', 'The table query took too long. Ask about a smaller table, or add a filter.'),
  });
  /** One query at a time, so that a timeout ends no other. */
  let last: Promise<unknown> = Promise.resolve();

  async function run(input: Parameters<TableMethods['query']>[0], signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    const timer = setTimeout(() => void worker?.terminate(), options.timeoutMs);
    try {
      return await client.call('query', input, { signal });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    query(table, statements, signal) {
      const result = last.then(() => run({ table, statements }, signal));
      last = result.catch(() => {});
      return result;
    },
    close: () => client.close(),
  };
}
