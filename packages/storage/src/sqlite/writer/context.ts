import type { Connection } from '../connection.ts';

/** What a write command gets: the transaction that it runs in, where bytes lie, and what to do once it is committed. */
export interface WriteContext extends Connection {
  blobDir: string;
  /** Runs after the commit and not at all after a rollback: for files that no row refers to any more. */
  afterCommit(effect: () => void): void;
  /** Full-text tables that were written to, to be merged when there is time. */
  unmerged: Set<string>;
  /** Told of full-text tables of which rows were deleted. */
  eraser: { noteTable(table: string): void };
}
