import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface PgvectorOptions {
  /** postgres://user:password@host:5432/database */
  url: string;
}

/** Maximum for an HNSW index. Larger vectors are compared one by one within their workspace. */
const MAX_INDEXED_DIMENSIONS = 2000;
const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
const UNDEFINED_TABLE = '42P01';
/** Scans until enough rows pass the filter, if pgvector supports it (0.8). The width is close enough to exact. */
const WIDE = 'set hnsw.ef_search = 400; set hnsw.iterative_scan = strict_order';

export function createPgvectorBackend({ url }: PgvectorOptions): VectorBackend {
  return toBackend({ id: 'pgvector', title: 'PostgreSQL', url }, () => open(url));
}

async function open(url: string): Promise<VectorCalls> {
  const { default: pg } = await loadClient('pg', () => import('pg'));
  let isIterative = false;
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'lorebox',
    onConnect: (client) => (isIterative ? client.query(WIDE) : undefined),
  });
  // A connection that breaks while idle is replaced by the next call.
  pool.on('error', () => {});
  const query = async (text: string, values: unknown[] = []) => (await pool.query({ text, values })).rows;
  try {
    await query('create extension if not exists vector');
    const [extension] = await query("select extversion as version from pg_extension where extname = 'vector'");
    isIterative = !/^0\.[0-7](\.|$)/.test(String(extension?.version));
    // The only connection so far was created before this was known.
    if (isIterative) await query(WIDE);
    return toCalls(query, isIterative, () => pool.end());
  } catch (error) {
    await pool.end();
    throw error;
  }
}

type Query = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

function toCalls(query: Query, isIterative: boolean, close: () => Promise<void>): VectorCalls {
  return {
    async ensure({ name, dimension }) {
      const found = await query(
        "select atttypmod as dimension from pg_attribute where attrelid = to_regclass($1) and attname = 'vector'",
        [name],
      );
      if (found[0] && Number(found[0].dimension) !== dimension) return Number(found[0].dimension);
      // Each step may be done already, because a killed process can leave some undone.
      await query(
        `create table if not exists ${name} (key bigint primary key, workspace text not null, document text not null, ` +
          `tokens text[] not null, vector vector(${dimension}) not null)`,
      );
      await query(`create index if not exists ${name}_workspace on ${name} (workspace, document)`);
      if (isIterative && dimension <= MAX_INDEXED_DIMENSIONS)
        await query(`create index if not exists ${name}_vector on ${name} using hnsw (vector vector_cosine_ops)`);
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      const columns = points.map(({ key, workspaceId, documentId, tokens, vector }) => ({
        ...{ key, workspace: workspaceId, document: documentId, tokens, vector: JSON.stringify(vector) },
      }));
      await query(
        `insert into ${name} (key, workspace, document, tokens, vector)
           select key, workspace, document, tokens, vector::vector from json_to_recordset($1::json)
             as rows (key bigint, workspace text, document text, tokens text[], vector text)
         on conflict (key) do update set workspace = excluded.workspace, document = excluded.document,
           tokens = excluded.tokens, vector = excluded.vector`,
        [JSON.stringify(columns)],
      );
    },
    async remove(name, keys) {
      await query(`delete from ${name} where key = any($1::bigint[])`, [keys]);
    },
    async removeWorkspace(name, workspaceId) {
      await query(`delete from ${name} where workspace = $1`, [workspaceId]);
    },
    async search(name, vector, filter, limit) {
      const where = toCondition(filter);
      const rows = await query(
        `select key, 1 - (vector <=> $1) as score from ${name} where ${where.sql} order by vector <=> $1 limit $2`,
        [JSON.stringify(vector), limit, ...where.values],
      );
      return rows.map(({ key, score }) => ({ key: Number(key), score: Number(score) }));
    },
    async count(name, workspaceId) {
      const [row] = await query(`select count(*) as n from ${name} where workspace = $1`, [workspaceId]);
      return Number(row?.n);
    },
    async drop(name) {
      await query(`drop table if exists ${name}`);
    },
    close,
    isUnknown: (error) => error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE,
  };
}

function toCondition({ workspaceId, documentIds, tokens }: PlainFilter): { sql: string; values: unknown[] } {
  const parts = ['workspace = $3'];
  const values: unknown[] = [workspaceId];
  const bind = (value: unknown) => `$${values.push(value) + 2}`;
  if (documentIds) parts.push(`document = any(${bind(documentIds)}::text[])`);
  if (tokens.length > 0) parts.push(`tokens @> ${bind(tokens)}::text[]`);
  return { sql: parts.join(' and '), values };
}
