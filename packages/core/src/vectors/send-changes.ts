import type { VectorBackend, VectorCollection } from '@lorebox/ports/vector-backend';
import type { VectorChange, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { withinTime } from './within-time.ts';

/** Changes per batch. Consecutive removals are sent in one call. */
const CHANGES = 1000;

interface Deps {
  backend: VectorBackend;
  vectorSyncs: VectorSyncStore;
}

/** Sends the oldest changes to the backend, in order; true if there were any. Idempotent. */
export async function sendChanges(
  { backend, vectorSyncs }: Deps,
  ensure: (collection: VectorCollection) => Promise<void>,
  ensured: Set<string>,
  batch: number,
): Promise<boolean> {
  const changes = await vectorSyncs.changes(CHANGES);
  for (let next = 0; next < changes.length; ) {
    const group = groupFrom(changes, next);
    await send(group);
    next += group.length;
  }
  const last = changes.at(-1);
  if (last) await vectorSyncs.confirmChanges(last.id);
  return changes.length > 0;

  async function send(group: VectorChange[]): Promise<void> {
    const [change] = group;
    if (change?.kind === 'remove') {
      const keys = group.flatMap((entry) => (entry.kind === 'remove' ? [entry.key] : []));
      await withinTime(backend.remove(change.collection, change.workspaceId, keys));
    } else if (change?.kind === 'resend') await resend(change);
    else if (change?.kind === 'remove-workspace') {
      await withinTime(backend.removeWorkspace(change.collection, change.workspaceId));
      if (!change.isLast) return;
      await withinTime(backend.drop(change.collection));
      ensured.delete(change.collection.name);
    }
  }

  async function resend({ share, documentId }: VectorChange & { kind: 'resend' }): Promise<void> {
    await ensure(share.collection);
    for (let after = 0; ; ) {
      const points = await vectorSyncs.pointsAfter(share, after, batch, documentId);
      if (points.length > 0) await withinTime(backend.upsert(share.collection, points));
      if (points.length < batch) return;
      after = points.at(-1)?.key ?? after;
    }
  }
}

function groupFrom(changes: readonly VectorChange[], start: number): VectorChange[] {
  const [first, ...rest] = changes.slice(start);
  if (first?.kind !== 'remove') return first ? [first] : [];
  const end = rest.findIndex(
    (entry) =>
      entry.kind !== 'remove' ||
      entry.workspaceId !== first.workspaceId ||
      entry.collection.name !== first.collection.name,
  );
  return [first, ...(end === -1 ? rest : rest.slice(0, end))];
}
