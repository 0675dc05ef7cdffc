import type { AuditEntry, ExportAuditInput, ListAuditInput } from '@lorebox/contract/audit';
import type { Page } from '@lorebox/contract/page';

/** Stores security events as rows. */
export interface AuditLog {
  /**
   * Runs one write of a store and writes the entry in the same transaction, so that both are stored or neither is. No
   * entry is written when the write changes nothing (returns false). `write` must send its write before its first
   * `await`.
   */
  with<T>(entry: AuditEntry, write: () => Promise<T>): Promise<T>;
  /** Records an entry on its own, for operations that change nothing and for data that another program stores. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: ListAuditInput): Promise<Page<AuditEntry>>;
  /** Oldest first. */
  after(query: ExportAuditInput, limit: number): Promise<AuditEntry[]>;
  /** Removes entries older than `before`. Returns the number of removed entries. */
  prune(before: Date): Promise<number>;
}
