import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { rowOf } from './library.ts';

const BATCH = 10_000;

/** Starts a LanceDB table of these vectors without an index, so that searches are exact. */
export async function startLance(vectors: Float32Array) {
  const folder = mkdtempSync(join(tmpdir(), 'lance-'));
  const database = await connect(folder);
  const count = vectors.length / rowOf(vectors, 0).length;
  const batch = (from: number) =>
    Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => ({
      row: from + i,
      vector: Array.from(rowOf(vectors, from + i)),
    }));
  const table = await database.createTable('vectors', batch(0));
  for (let from = BATCH; from < count; from += BATCH) await table.add(batch(from));
  await table.optimize();
  return {
    async nearest(query: Float32Array, limit: number): Promise<number[]> {
      const found = await table
        .vectorSearch(query)
        .distanceType('dot')
        .select(['row', '_distance'])
        .limit(limit)
        .toArray();
      return found.map((each: { row: number }) => Number(each.row));
    },
    async close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
