import type { Connection } from '../connection.ts';

/** What a write command works with. It runs in the connection's open transaction. */
export interface WriteContext extends Connection {
  blobDir: string;
  /** Runs after the commit and not at all after a rollback: for files that no row refers to any more. */
  afterCommit(effect: () => void): void;
  /** Full-text tables that were written to, to be merged when there is time. */
  unmerged: Set<string>;
  /** Records full-text tables whose rows were deleted, to be rewritten when there is time. */
  eraser: { noteTable(table: string): void };
}
