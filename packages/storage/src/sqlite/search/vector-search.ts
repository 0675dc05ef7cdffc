import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import type { Connection } from '../connection.ts';
import { vectorTable } from '../stores/chunk-rows.ts';
import { filterSql, isNarrow, SEARCHABLE } from './filter-sql.ts';
import { VectorScan } from './vector-scan.ts';

/** Below this many vectors sqlite-vec alone is fast enough. */
const SMALL = 4000;
/** Chunks of a narrow filter up to which each is scored exactly. */
const NARROW = 20_000;
/** sqlite-vec answers at most this many neighbours. */
const MAX_K = 4096;
/** Vectors read per slice, about 50 ms: a search never waits longer for the memory index to catch up. */
const SLICE = 2000;

interface Query {
  vector: Float32Array;
  embeddingKey: number;
  filter: SearchFilter;
  limit: number;
}

/**
 * Exact search in sqlite-vec, which holds the truth; a VectorScan per large workspace finds the candidates faster.
 * The scan may lag behind and may hold the dead: every hit is checked against the rows before it leaves.
 */
export class VectorSearch {
  private readonly connection: Connection;
  private readonly maxBytes: number;
  /** Least recently used first. */
  private readonly scans = new Map<string, VectorScan>();

  constructor(connection: Connection, maxBytes: number) {
    this.connection = connection;
    this.maxBytes = maxBytes;
  }

  search(modelId: string, vector: Float32Array, filter: SearchFilter, limit: number): IndexHit[] {
    const { raw } = this.connection;
    const model = raw.prepare('select key, dimension from embeddings where model_id = ?').get(modelId) as
      | { key: number; dimension: number }
      | undefined;
    if (!model || model.dimension !== vector.length) return [];
    const query = { vector, embeddingKey: model.key, filter, limit };
    if (isNarrow(filter) && this.isNarrowEnough(query)) return this.scoreAll(query);
    const scan = this.scanFor(query);
    return this.deepen(query, scan ? (depth) => scan.nearest(vector, depth) : (depth) => this.neighbours(query, depth));
  }

  /** Asks for more candidates until enough of them are searchable, or there are no more. */
  private deepen(query: Query, candidates: (depth: number) => number[]): IndexHit[] {
    for (let depth = Math.max(query.limit * 2, 64); ; depth *= 4) {
      const keys = candidates(depth);
      const hits = this.scoreExactly(query, keys);
      if (hits.length >= query.limit || keys.length < depth || depth >= 64 * MAX_K) return hits.slice(0, query.limit);
    }
  }

  private neighbours({ vector, embeddingKey, filter }: Query, depth: number): number[] {
    const sql = `select rowid as key from ${vectorTable(embeddingKey)} where embedding match ? and workspace_id = ? and k = ?`;
    const rows = this.connection.raw.prepare(sql).all(toBytes(vector), filter.workspaceId, Math.min(depth, MAX_K));
    return (rows as { key: number }[]).map(({ key }) => key);
  }

  private scoreExactly({ vector, embeddingKey, filter }: Query, keys: number[]): IndexHit[] {
    const where = filterSql(filter);
    const sql =
      `select c.key as key, v.embedding as embedding from json_each(?) k cross join chunks c on c.key = k.value ${SEARCHABLE} ` +
      `cross join ${vectorTable(embeddingKey)} v on v.rowid = c.key where ${where.sql}`;
    const rows = this.connection.raw.prepare(sql).all(JSON.stringify(keys), ...where.params);
    return (rows as { key: number; embedding: Buffer }[])
      .map(({ key, embedding }) => ({ key, score: dot(vector, toFloats(embedding)) }))
      .sort((a, b) => b.score - a.score || a.key - b.key);
  }

  private isNarrowEnough({ filter }: Query): boolean {
    const where = filterSql(filter);
    const sql = `select count(*) n from (select 1 from documents d cross join chunks c on c.document_id = d.id
      and c.revision = d.searchable_revision where d.removed_at is null and ${where.sql} limit ?)`;
    const { n } = this.connection.raw.prepare(sql).get(...where.params, NARROW + 1) as { n: number };
    return n <= NARROW;
  }

  private scoreAll({ vector, embeddingKey, filter, limit }: Query): IndexHit[] {
    const where = filterSql(filter);
    const sql =
      `select c.key as key, 1 - vec_distance_cosine(v.embedding, ?) as score from documents d cross join chunks c ` +
      `on c.document_id = d.id and c.revision = d.searchable_revision cross join ${vectorTable(embeddingKey)} v ` +
      `on v.rowid = c.key where d.removed_at is null and ${where.sql} order by score desc, c.key limit ?`;
    return this.connection.raw.prepare(sql).all(toBytes(vector), ...where.params, limit) as IndexHit[];
  }

  /** The workspace's scan if it is large enough to want one and has caught up; else null, and it catches up meanwhile. */
  private scanFor({ embeddingKey, filter: { workspaceId }, vector }: Query): VectorScan | null {
    const name = `${embeddingKey}/${workspaceId}`;
    let scan = this.scans.get(name);
    if (!scan) {
      if (!this.hasMoreThan(SMALL, embeddingKey, workspaceId)) return null;
      scan = new VectorScan(vector.length);
      setImmediate(() => this.catchUpLater(name, embeddingKey, workspaceId));
    }
    this.scans.delete(name);
    this.scans.set(name, scan);
    return this.readSlice(scan, embeddingKey, workspaceId) ? scan : null;
  }

  private catchUpLater(name: string, embeddingKey: number, workspaceId: string): void {
    const scan = this.scans.get(name);
    if (!scan) return;
    if (this.readSlice(scan, embeddingKey, workspaceId)) this.evict();
    else setImmediate(() => this.catchUpLater(name, embeddingKey, workspaceId));
  }

  /** Reads the next vectors that the scan doesn't have; true when it has all. */
  private readSlice(scan: VectorScan, embeddingKey: number, workspaceId: string): boolean {
    const sql =
      `select c.key as key, v.embedding as embedding from chunks c cross join ${vectorTable(embeddingKey)} v on v.rowid = c.key ` +
      'where c.workspace_id = ? and c.embedding_key = ? and c.key > ? order by c.key limit ?';
    const rows = this.connection.raw.prepare(sql).all(workspaceId, embeddingKey, scan.lastKey, SLICE);
    for (const { key, embedding } of rows as { key: number; embedding: Buffer }[]) scan.add(key, toFloats(embedding));
    return rows.length < SLICE;
  }

  private hasMoreThan(n: number, embeddingKey: number, workspaceId: string): boolean {
    const sql = 'select 1 from chunks where workspace_id = ? and embedding_key = ? limit 1 offset ?';
    return this.connection.raw.prepare(sql).get(workspaceId, embeddingKey, n) !== undefined;
  }

  /** Keeps the scans within their memory, and drops those that hold mostly the dead; they come back when asked for. */
  private evict(): void {
    let bytes = 0;
    for (const scan of this.scans.values()) bytes += scan.bytes;
    for (const [name, scan] of this.scans) {
      if (bytes <= this.maxBytes) return;
      this.scans.delete(name);
      bytes -= scan.bytes;
    }
  }

  /** Called now and then: a scan that is half dead is built anew. */
  sweep(): void {
    for (const [name, scan] of this.scans) {
      const [embeddingKey = '', workspaceId = ''] = name.split('/');
      if (scan.count > SMALL && !this.hasMoreThan(scan.count / 2, Number(embeddingKey), workspaceId))
        this.scans.delete(name);
    }
    this.evict();
  }
}

function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

function toFloats(bytes: Buffer): Float32Array {
  const isAligned = bytes.byteOffset % 4 === 0;
  const source = isAligned ? bytes : Buffer.from(bytes);
  return new Float32Array(source.buffer, source.byteOffset, bytes.byteLength / 4);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
