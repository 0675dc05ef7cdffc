import type { VectorShare } from '@lorebox/ports/vector-sync-store';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { activeKey } from './note-changes.ts';

export const vectorSyncCommands = {
  'vectors.use'({ raw }: WriteContext, target: string | null) {
    const before = prepareValue<[], string>(raw, 'select target from vector_backend').get();
    if ((before ?? null) === target) return;
    raw.exec('delete from vector_backend; delete from vector_syncs; delete from vector_changes');
    if (target !== null) prepareOnce(raw, 'insert into vector_backend (id, target) values (1, ?)').run(target);
  },
  'vectors.advance'({ raw }: WriteContext, input: { share: VectorShare; key: number }) {
    const { workspaceId, embeddingKey, syncedKey } = input.share;
    if (activeKey(raw, workspaceId) !== embeddingKey) return;
    if (syncedKey === null) {
      const start = 'insert or ignore into vector_syncs (workspace_id, embedding_key, synced_key) values (?, ?, ?)';
      prepareOnce(raw, start).run(workspaceId, embeddingKey, input.key);
    } else {
      const move =
        'update vector_syncs set synced_key = ? where workspace_id = ? and embedding_key = ? and synced_key = ?';
      prepareOnce(raw, move).run(input.key, workspaceId, embeddingKey, syncedKey);
    }
  },
  'vectors.restart'({ raw }: WriteContext, { workspaceId, embeddingKey }: VectorShare) {
    const forget = 'delete from vector_syncs where workspace_id = ? and embedding_key = ?';
    prepareOnce(raw, forget).run(workspaceId, embeddingKey);
  },
  'vectors.confirmChanges'({ raw }: WriteContext, lastId: number) {
    prepareOnce(raw, 'delete from vector_changes where id <= ?').run(lastId);
  },
};
