import { eraseTexts } from '../chunks/text-index.ts';
import type { Connection } from '../connection.ts';

/** Commands after which deleted or replaced text may remain in the log file. */
const DELETING = /remove|delete|prune|truncate|purge|sweep|drop|publish/i;
/** Share of the writer's time, as 1/n, for rewriting a large full-text index after a few deletions. */
const REST_RATIO = 50;
/** Active readers prevent truncating the log file. Retry after this time. */
const RETRY_MS = 1000;

/**
 * Also removes deleted data from the disk when the writer is idle: words in full-text tables, which only mark them as
 * deleted, and pages in the write-ahead log. The database overwrites its own pages (`secure_delete`).
 */
export class Eraser {
  private readonly tables = new Set<string>();
  private spentMs = 0;
  private restUntil = 0;
  private hasDeleted = false;

  /** Called after every command. */
  noteCommand(name: string): void {
    if (DELETING.test(name)) this.hasDeleted = true;
  }

  /** Called when rows of a full-text table were deleted. */
  noteTable(table: string): void {
    this.tables.add(table);
  }

  /**
   * Runs a few milliseconds of work. @returns milliseconds until the next call makes sense; null when nothing is left.
   */
  step(connection: Connection): number | null {
    const now = performance.now();
    const [table] = this.tables;
    if (table !== undefined && now >= this.restUntil) {
      const isDone = eraseTexts(connection, table);
      this.spentMs += performance.now() - now;
      if (isDone) {
        this.tables.delete(table);
        this.hasDeleted = true;
        this.restUntil = now + this.spentMs * REST_RATIO;
        this.spentMs = 0;
      }
      return 1;
    }
    if (this.hasDeleted) this.hasDeleted = !truncateLog(connection);
    if (this.hasDeleted) return RETRY_MS;
    return table === undefined ? null : this.restUntil - now;
  }
}

/** Returns false if there was an active reader. */
function truncateLog({ raw }: Connection): boolean {
  raw.pragma('busy_timeout = 0');
  try {
    const result = raw.prepare<[], { busy: number }>('pragma wal_checkpoint(TRUNCATE)').get();
    return result?.busy === 0;
  } finally {
    raw.pragma('busy_timeout = 5000');
  }
}
