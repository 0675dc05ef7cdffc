import type { UsageGrouping } from '@lorebox/contract/usage';

export interface UsageQuery {
  /** First and last day, such as "2026-11-28". */
  from: string;
  to: string;
  by: UsageGrouping;
  /** Null for all workspaces. */
  workspaceId: string | null;
}

export interface UsageTotals {
  key: string;
  questions: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
}

/** How many completed answers took how long. `bucket` is one of `latency-buckets`. */
export interface LatencyCount {
  key: string;
  kind: 'total' | 'first-token';
  bucket: number;
  answers: number;
}

/**
 * Sums per day, workspace, user and model, written in the transaction that ends an answer. They stay when threads are
 * deleted, and contain no text.
 */
export interface UsageStore {
  /** Days in order, otherwise by questions. At most `limit` rows. */
  totals(query: UsageQuery, limit: number): Promise<UsageTotals[]>;
  /** In the order of the buckets. */
  latencies(query: UsageQuery): Promise<LatencyCount[]>;
  /** Removes the days before this one. */
  prune(day: string): Promise<void>;
}
