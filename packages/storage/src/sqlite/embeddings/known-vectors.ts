import { createHash } from 'node:crypto';
import type { KnownVector } from '@lorebox/ports/document-stores';
import type { Connection } from '../connection.ts';
import { prepareValue } from '../statements.ts';
import { toFloats } from './vector-bytes.ts';
import { findEmbedding, vectorTable } from './vector-table.ts';

const HASH_BYTES = 16;

/**
 * Finds vectors by content, so that the same text is not embedded twice by the same model. The vectors in use are the
 * cache: it needs no second copy and contains nothing that was deleted. Workspaces share it because a vector reveals no
 * more than its text.
 */
export function findKnownVectors({ raw }: Connection, modelId: string, texts: readonly string[]): KnownVector[] {
  const model = findEmbedding(raw, modelId);
  const sql = (table: string) =>
    `select v.embedding from chunks c cross join ${table} v on v.chunk_key = c.key where c.hash = ? limit 1`;
  const find = model && prepareValue<[Uint8Array], Buffer>(raw, sql(vectorTable(model.key)));
  return texts.map((text) => {
    const hash = createHash('sha256').update(text).digest().subarray(0, HASH_BYTES);
    const found = find?.get(hash);
    return { hash: new Uint8Array(hash), vector: found ? toFloats(found) : null };
  });
}
