import type { Connection } from '../connection.ts';

/** Context of a write command, which runs in the open transaction of the connection. */
export interface WriteContext extends Connection {
  blobDir: string;
  /** Runs after the commit, and not after a rollback. For files without a row. */
  afterCommit(effect: () => void): void;
  /** Full-text tables with new rows, to be merged when the writer is idle. */
  unmerged: Set<string>;
  /** Records full-text tables with deleted rows, to be rewritten when the writer is idle. */
  eraser: { noteTable(table: string): void };
}
