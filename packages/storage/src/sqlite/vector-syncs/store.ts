import type { VectorMetadata, VectorPoint } from '@lorebox/ports/vector-backend';
import type { VectorChange, VectorShare, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { toFloats } from '../embeddings/vector-bytes.ts';
import { vectorTable } from '../embeddings/vector-table.ts';
import { defineEntity } from '../entity.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { vectorSyncCommands } from './commands.ts';

interface ShareRow {
  workspaceId: string;
  embeddingKey: number;
  dimension: number;
  epoch: string;
  syncedKey: number | null;
}

interface ChangeRow extends ShareRow {
  id: number;
  chunkKey: number | null;
  documentId: string | null;
  /** The embedder that searches in the workspace use. Null for a removed workspace. */
  activeKey: number | null;
  isUsed: number;
  isLocalOnly: number;
}

const SHARES =
  'select w.id workspaceId, e.key embeddingKey, e.dimension, e.epoch, s.synced_key syncedKey from workspaces w ' +
  'join embeddings e on e.key = w.embedding_key ' +
  'left join vector_syncs s on s.workspace_id = w.id and s.embedding_key = e.key where w.removed_at is null and w.local_only = 0 and ';

/** With more changed documents, searching the whole workspace is as fast. */
const MAX_CHANGED = 500;

export const vectorSyncEntity = defineEntity(vectorSyncCommands, ({ raw }, writer): VectorSyncStore => {
  const hasVector = (embeddingKey: number, key: number | null) =>
    prepareOnce(raw, `select 1 from ${vectorTable(embeddingKey)} where chunk_key = ?`).get(key) !== undefined;

  function toChange(row: ChangeRow): VectorChange {
    const { id, chunkKey, documentId, workspaceId, embeddingKey, activeKey, isUsed, isLocalOnly } = row;
    const share = toShare(row);
    const { collection } = share;
    // Keys are never reused, but a vector can come back when its workspace switches to another embedder and returns.
    if (chunkKey !== null)
      return isLocalOnly === 1 || hasVector(embeddingKey, chunkKey)
        ? { id, kind: 'none' }
        : { id, kind: 'remove', collection, workspaceId, key: chunkKey };
    if (documentId !== null)
      return activeKey === embeddingKey && isLocalOnly === 0
        ? { id, kind: 'resend', share, documentId }
        : { id, kind: 'none' };
    if (activeKey === embeddingKey && isLocalOnly === 0) return { id, kind: 'none' };
    return { id, kind: 'remove-workspace', collection, workspaceId, isLast: isUsed === 0 };
  }

  return {
    use: (target) => writer.run('vectors.use', target),
    async behind(limit) {
      const more = 'exists (select 1 from chunks c where c.workspace_id = w.id and c.key > s.synced_key)';
      const sql = `${SHARES} (s.synced_key is null or ${more}) order by coalesce(s.synced_key, -1) limit ?`;
      return prepareOnce<[number], ShareRow>(raw, sql).all(limit).map(toShare);
    },
    async started() {
      return prepareOnce<[], ShareRow>(raw, `${SHARES} s.synced_key is not null`).all().map(toShare);
    },
    async pointsAfter({ workspaceId, embeddingKey }, key, limit, documentId) {
      const sql =
        'select c.key key, c.document_id documentId, d.metadata metadata, v.embedding embedding from chunks c ' +
        `cross join ${vectorTable(embeddingKey)} v on v.chunk_key = c.key cross join documents d on d.id = c.document_id ` +
        `where ${documentId === undefined ? '' : 'c.document_id = ? and '} c.workspace_id = ? and c.key > ? ` +
        'order by c.key limit ?';
      const params = [...(documentId === undefined ? [] : [documentId]), workspaceId, key, limit];
      const rows = prepareOnce<(string | number)[], PointRow>(raw, sql).all(...params);
      return rows.map((row) => toPoint(row, workspaceId));
    },
    async lastKey({ workspaceId }) {
      const sql = 'select coalesce(max(key), 0) from chunks where workspace_id = ?';
      return prepareValue<[string], number>(raw, sql).get(workspaceId) ?? 0;
    },
    advance: (share, key) => writer.run('vectors.advance', { share, key }),
    restart: (share) => writer.run('vectors.restart', share),
    async changes(limit) {
      const sql =
        'select x.id id, x.workspace_id workspaceId, x.embedding_key embeddingKey, x.chunk_key chunkKey, ' +
        'x.document_id documentId, e.dimension dimension, e.epoch epoch, s.synced_key syncedKey, w.embedding_key activeKey, coalesce(w.local_only, 0) isLocalOnly, ' +
        'exists (select 1 from workspaces u where u.embedding_key = x.embedding_key and u.removed_at is null and u.local_only = 0) isUsed ' +
        'from vector_changes x join embeddings e on e.key = x.embedding_key ' +
        'left join workspaces w on w.id = x.workspace_id and w.removed_at is null ' +
        'left join vector_syncs s on s.workspace_id = x.workspace_id and s.embedding_key = x.embedding_key ' +
        'order by x.id limit ?';
      return prepareOnce<[number], ChangeRow>(raw, sql).all(limit).map(toChange);
    },
    confirmChanges: (lastId) => writer.run('vectors.confirmChanges', lastId),
    async searchState(workspaceId, modelId) {
      const sql = `${SHARES} w.id = ? and e.model_id = ? and s.synced_key is not null`;
      const row = prepareOnce<[string, string], ShareRow & { syncedKey: number }>(raw, sql).get(workspaceId, modelId);
      if (!row) return null;
      const changed =
        'select distinct document_id from vector_changes where workspace_id = ? and document_id is not null limit ?';
      const documents = prepareValue<[string, number], string>(raw, changed).all(workspaceId, MAX_CHANGED + 1);
      if (documents.length > MAX_CHANGED) return null;
      return { collection: toShare(row).collection, syncedKey: row.syncedKey, changedDocuments: documents };
    },
    async expectedCount({ workspaceId, syncedKey }) {
      const open =
        'select 1 from vector_changes where workspace_id = ? union all ' +
        "select 1 from jobs where workspace_id = ? and kind in ('reembed', 'purge-vectors') limit 1";
      if (syncedKey === null || prepareOnce(raw, open).get(workspaceId, workspaceId)) return null;
      const count = 'select count(*) from chunks where workspace_id = ? and key <= ?';
      return prepareValue<[string, number], number>(raw, count).get(workspaceId, syncedKey) ?? 0;
    },
    async lag() {
      const vectors =
        'select coalesce(sum((select count(*) from chunks c where c.workspace_id = w.id and c.key > coalesce(s.synced_key, 0))), 0) ' +
        'from workspaces w left join vector_syncs s on s.workspace_id = w.id and s.embedding_key = w.embedding_key ' +
        'where w.removed_at is null and w.local_only = 0 and w.embedding_key is not null';
      const changes = 'select count(*) from vector_changes';
      const read = (sql: string) => prepareValue<[], number>(raw, sql).get() ?? 0;
      return { vectors: read(vectors), changes: read(changes) };
    },
  };
});

interface PointRow {
  key: number;
  documentId: string;
  metadata: string;
  embedding: Buffer;
}

/** The epoch is random: two installations, or two generations of one database, never share a collection. */
function toShare({ workspaceId, embeddingKey, dimension, epoch, syncedKey }: ShareRow): VectorShare {
  const name = `lorebox_${embeddingKey}_${epoch.replace(/[^a-z0-9]/g, '').slice(0, 16)}`;
  return { workspaceId, embeddingKey, syncedKey, collection: { name, dimension } };
}

function toPoint({ key, documentId, metadata, embedding }: PointRow, workspaceId: string): VectorPoint {
  return { key, vector: toFloats(embedding), workspaceId, documentId, metadata: plainMetadata(JSON.parse(metadata)) };
}

function plainMetadata(metadata: Record<string, unknown>): VectorMetadata {
  const isPlain = (pair: [string, unknown]): pair is [string, string | number | boolean] =>
    ['string', 'number', 'boolean'].includes(typeof pair[1]);
  return Object.fromEntries(Object.entries(metadata).filter(isPlain));
}
