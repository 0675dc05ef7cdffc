import type { SourceRun, SyncSource } from '@lorebox/contract/source';
import type { StoredSource } from '@lorebox/ports/source-stores';
import type { sourceRuns, sources } from './schema.ts';

type SourceRow = typeof sources.$inferSelect;

type RunRow = typeof sourceRuns.$inferSelect;

export function toStoredSource(row: SourceRow): StoredSource {
  const { runId, cursor, pass, isFull, mayRemoveMost, removedAt, keepDocuments, stalls, ...source } = row;
  return source;
}

/** Returns the source for clients, with only the names of its secrets. */
export function toSource(row: SourceRow, run: RunRow | null, items: number, now: Date): SyncSource {
  const { secrets, secretNames, ...source } = toStoredSource(row);
  const set = Object.fromEntries(secretNames.map((name) => [name, true]));
  return { ...source, secrets: set, state: stateOf(row, run, now), items, lastRun: run && toRun(run) };
}

function stateOf({ runId, nextRunAt }: SourceRow, run: RunRow | null, now: Date): SyncSource['state'] {
  if (runId !== null) return run?.state === 'waiting' ? 'waiting' : 'running';
  return nextRunAt !== null && nextRunAt <= now ? 'queued' : 'idle';
}

export function toRun(row: RunRow): SourceRun {
  const { seen, added, changed, unchanged, removed, failed, ...run } = row;
  return { ...run, counts: { seen, added, changed, unchanged, removed, failed } };
}
