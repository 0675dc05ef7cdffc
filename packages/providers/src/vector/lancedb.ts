import type { Table } from '@lancedb/lancedb';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { loadClient } from './load-client.ts';
import { type PlainFilter, type PlainPoint, toBackend, type VectorCalls } from './vector-calls.ts';

export interface LancedbOptions {
  /** A folder, or a LanceDB URL (db://, s3://). */
  url: string;
  apiKey?: string | undefined;
}

/** Every write creates a version. After this many writes, versions are merged. */
const WRITES_TO_OPTIMIZE = 50;
/** Key of a placeholder row that defines the column types. */
const NO_KEY = -1;

export function createLancedbBackend({ url, apiKey }: LancedbOptions): VectorBackend {
  return toBackend({ id: 'lancedb', title: 'LanceDB', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: LancedbOptions): Promise<VectorCalls> {
  const { connect } = await loadClient('@lancedb/lancedb', () => import('@lancedb/lancedb'));
  const db = await connect(url, apiKey ? { apiKey } : {});
  let turn: Promise<unknown> = Promise.resolve();
  let writes = 0;

  /** Serializes writes, because concurrent writers could both insert the same key. */
  function write<T>(name: string, change: (table: Table) => Promise<T>): Promise<T> {
    const done = turn.then(async () => {
      const table = await db.openTable(name);
      const result = await change(table);
      writes += 1;
      if (writes % WRITES_TO_OPTIMIZE === 0) await table.optimize({ cleanupOlderThan: new Date() });
      return result;
    });
    turn = done.catch(() => {});
    return done;
  }

  return {
    async ensure({ name, dimension }) {
      if ((await db.tableNames({ limit: 100_000 })).includes(name)) return dimensionOf(await db.openTable(name));
      const example = {
        ...{ key: NO_KEY, workspaceId: '', documentId: '', tokens: [] },
        vector: Array(dimension).fill(1),
      };
      await db.createTable(name, [toRow(example)], { existOk: true });
      await write(name, (table) => table.delete(`key = ${NO_KEY}`));
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      const merge = (table: Table) =>
        table.mergeInsert('key').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(points.map(toRow));
      await write(name, merge);
    },
    async remove(name, keys) {
      if (keys.length > 0) await write(name, (table) => table.delete(`key in (${keys.map(Number).join(', ')})`));
    },
    async removeWorkspace(name, workspaceId) {
      await write(name, (table) => table.delete(`workspace = ${quote(workspaceId)}`));
    },
    async search(name, vector, filter, limit) {
      const table = await db.openTable(name);
      const query = table.vectorSearch(vector).distanceType('cosine').where(toCondition(filter)).limit(limit);
      const rows: { key: number; _distance: number }[] = await query.select(['key', '_distance']).toArray();
      return rows.map((row) => ({ key: Number(row.key), score: 1 - row._distance }));
    },
    async count(name, workspaceId) {
      return (await db.openTable(name)).countRows(`workspace = ${quote(workspaceId)}`);
    },
    async drop(name) {
      await db.dropTable(name);
    },
    async close() {
      await turn;
      db.close();
    },
    isUnknown: (error) => error instanceof Error && /Table '.*' was not found/.test(error.message),
  };
}

function toRow({ key, vector, workspaceId, documentId, tokens }: PlainPoint): Record<string, unknown> {
  return { key, vector, workspace: workspaceId, document: documentId, tokens: `,${tokens.join(',')},` };
}

async function dimensionOf(table: Table): Promise<number> {
  const field = (await table.schema()).fields.find(({ name }) => name === 'vector');
  return Number(field?.type.listSize);
}

function toCondition({ workspaceId, documentIds, tokens }: PlainFilter): string {
  const parts = [`workspace = ${quote(workspaceId)}`];
  if (documentIds) parts.push(`document in (${documentIds.map(quote).join(', ')})`);
  for (const token of tokens) parts.push(`tokens like ${quote(`%,${token},%`)}`);
  return parts.join(' and ');
}

/** Escapes a SQL string. Only the quote is special. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
