import { eraseTexts } from '../chunks/text-index.ts';
import type { Connection } from '../connection.ts';

/** Commands after which text that was deleted or replaced may still lie in the log file. */
const DELETING = /remove|delete|prune|truncate|purge|sweep|drop|publish/i;
/** Rewriting a large full-text index for a few words may take a fiftieth of the time. */
const REST_RATIO = 50;
/** Whoever reads at this moment holds the log file back; it is tried again after this. */
const RETRY_MS = 1000;

/**
 * Makes what was deleted go from the disk as well, when the writer has nothing else to do: words from full-text tables, which
 * only mark them as deleted, and pages from the write-ahead log. The database itself overwrites them (`secure_delete`).
 */
export class Eraser {
  private readonly tables = new Set<string>();
  private spentMs = 0;
  private restUntil = 0;
  private hasDeleted = false;

  /** A command has run. */
  noteCommand(name: string): void {
    if (DELETING.test(name)) this.hasDeleted = true;
  }

  /** Rows of a full-text table were deleted. */
  noteTable(table: string): void {
    this.tables.add(table);
  }

  /** A few milliseconds of work. @returns milliseconds until it makes sense to call again; null when nothing is left. */
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

/** False when somebody was reading. */
function truncateLog({ raw }: Connection): boolean {
  raw.pragma('busy_timeout = 0');
  try {
    const result = raw.prepare<[], { busy: number }>('pragma wal_checkpoint(TRUNCATE)').get();
    return result?.busy === 0;
  } finally {
    raw.pragma('busy_timeout = 5000');
  }
}
