import type { Job } from '@lorebox/ports/document-stores';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { activeModel } from './active-embedder.ts';
import { findEmbedding, vectorTable } from './vector-table.ts';

/** Vectors removed per step: a few milliseconds on the writer thread. */
const STEP = 1000;

/** Runs one bounded step of removing vectors that no search uses. Returns true when none is left. */
export function purgeVectors(context: WriteContext, job: Job & { kind: 'purge-vectors' }): boolean {
  const { raw } = context;
  const model = findEmbedding(raw, job.modelId);
  const cursor = prepareValue<[string], number>(raw, 'select cursor from jobs where id = ?').get(job.id);
  if (!model || cursor === undefined || activeModel(context, job.workspaceId) === job.modelId) return true;
  const table = vectorTable(model.key);
  const found =
    `select c.key from chunks c cross join ${table} v on v.chunk_key = c.key ` +
    'where c.workspace_id = ? and c.key > ? order by c.key limit ?';
  const keys = prepareValue<[string, number, number], number>(raw, found).all(job.workspaceId, cursor, STEP);
  const remove = prepareOnce(raw, `delete from ${table} where chunk_key = ?`);
  for (const key of keys) remove.run(key);
  prepareOnce(raw, 'update jobs set cursor = ? where id = ?').run(keys.at(-1) ?? cursor, job.id);
  return keys.length < STEP;
}
