import type { AuditEntry, ExportAuditInput, ListAuditInput } from '@lorebox/contract/audit';
import type { Page } from '@lorebox/contract/page';

/** Security events as rows. */
export interface AuditLog {
  /**
   * Runs one write of a store and puts the entry into the same transaction: both are there, or neither. There is no entry when the
   * write finds nothing to change (it gives false). The write has to be sent before `write` waits for anything.
   */
  with<T>(entry: AuditEntry, write: () => Promise<T>): Promise<T>;
  /** An entry by itself: for what changes nothing, and for what another program stores. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: ListAuditInput): Promise<Page<AuditEntry>>;
  /** Oldest first. */
  after(query: ExportAuditInput, limit: number): Promise<AuditEntry[]>;
  /** Removes entries older than this; how many. */
  prune(before: Date): Promise<number>;
}
