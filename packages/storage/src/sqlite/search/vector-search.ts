import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import { type Connection, prepareOnce } from '../connection.ts';
import { vectorTable } from '../stores/chunk-rows.ts';
import { filterSql, isNarrow, SEARCHABLE } from './filter-sql.ts';
import { VectorScan } from './vector-scan.ts';

/** Chunks of a narrow filter up to which each is scored exactly. */
const NARROW = 20_000;
/** Candidates beyond those wanted, for what int8 misjudges and for the dead; more of them only when that is too few. */
const SPARE = 32;
/** Vectors read at a stretch, about 30 ms: searches in other workspaces get their turn in between. */
const SLICE = 2000;
/** From here on, a scan that holds mostly the dead is built anew. */
const WORTH_SWEEPING = 4000;

interface Query {
  vector: Float32Array;
  embeddingKey: number;
  filter: SearchFilter;
  limit: number;
}

/**
 * The float vectors in SQLite are the truth, and sqlite-vec scores them exactly; a VectorScan per workspace finds out
 * which of them are worth it. A scan may hold the dead: every hit is joined with the rows before it leaves.
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

  async search(modelId: string, vector: Float32Array, filter: SearchFilter, limit: number): Promise<IndexHit[]> {
    const model = this.prepare('select key, dimension from embeddings where model_id = ?').get(modelId) as
      | { key: number; dimension: number }
      | undefined;
    if (!model || model.dimension !== vector.length) return [];
    const query = { vector, embeddingKey: model.key, filter, limit };
    if (isNarrow(filter) && this.isNarrowEnough(query)) return this.scoreAll(query);
    const scan = this.scanFor(query);
    while (!this.readSlice(scan, model.key, filter.workspaceId)) await nextTurn();
    this.evict();
    return this.nearest(query, scan);
  }

  /** Asks for more candidates until enough of them are searchable, or there are no more. */
  private nearest(query: Query, scan: VectorScan): IndexHit[] {
    for (let depth = query.limit + SPARE; ; depth *= 4) {
      const keys = scan.nearest(query.vector, depth);
      const hits = this.scoreExactly(query, keys);
      if (hits.length >= query.limit || keys.length < depth) return hits.slice(0, query.limit);
    }
  }

  private scoreExactly({ vector, embeddingKey, filter }: Query, keys: number[]): IndexHit[] {
    const where = filterSql(filter);
    const sql =
      'select c.key as key, 1 - vec_distance_cosine(v.embedding, ?) as score from json_each(?) k ' +
      `cross join chunks c on c.key = k.value ${SEARCHABLE} ` +
      `cross join ${vectorTable(embeddingKey)} v on v.chunk_key = c.key where ${where.sql} order by score desc, c.key`;
    return this.prepare(sql).all(toBytes(vector), JSON.stringify(keys), ...where.params) as IndexHit[];
  }

  private isNarrowEnough({ filter }: Query): boolean {
    const where = filterSql(filter);
    const sql = `select count(*) n from (select 1 from documents d cross join chunks c on c.document_id = d.id
      and c.revision = d.searchable_revision where d.removed_at is null and ${where.sql} limit ?)`;
    const { n } = this.prepare(sql).get(...where.params, NARROW + 1) as { n: number };
    return n <= NARROW;
  }

  private scoreAll({ vector, embeddingKey, filter, limit }: Query): IndexHit[] {
    const where = filterSql(filter);
    const sql =
      'select c.key as key, 1 - vec_distance_cosine(v.embedding, ?) as score from documents d cross join chunks c ' +
      `on c.document_id = d.id and c.revision = d.searchable_revision cross join ${vectorTable(embeddingKey)} v ` +
      `on v.chunk_key = c.key where d.removed_at is null and ${where.sql} order by score desc, c.key limit ?`;
    return this.prepare(sql).all(toBytes(vector), ...where.params, limit) as IndexHit[];
  }

  private scanFor({ embeddingKey, filter: { workspaceId }, vector }: Query): VectorScan {
    const name = `${embeddingKey}/${workspaceId}`;
    const scan = this.scans.get(name) ?? new VectorScan(vector.length);
    this.scans.delete(name);
    this.scans.set(name, scan);
    return scan;
  }

  /** Reads the next vectors that the scan doesn't have; true when it has all. */
  private readSlice(scan: VectorScan, embeddingKey: number, workspaceId: string): boolean {
    const sql =
      `select c.key as key, v.embedding as embedding from chunks c cross join ${vectorTable(embeddingKey)} v ` +
      'on v.chunk_key = c.key where c.workspace_id = ? and c.key > ? order by c.key limit ?';
    const rows = this.prepare(sql).all(workspaceId, scan.lastKey, SLICE);
    for (const { key, embedding } of rows as { key: number; embedding: Buffer }[]) scan.add(key, toFloats(embedding));
    return rows.length < SLICE;
  }

  private hasMoreThan(n: number, workspaceId: string): boolean {
    const sql = 'select 1 from chunks where workspace_id = ? limit 1 offset ?';
    return this.prepare(sql).get(workspaceId, n) !== undefined;
  }

  private prepare(sql: string) {
    return prepareOnce(this.connection.raw, sql);
  }

  /** Keeps the scans within their memory; the one that was just used stays. */
  private evict(): void {
    let bytes = 0;
    for (const scan of this.scans.values()) bytes += scan.bytes;
    for (const [name, scan] of this.scans) {
      if (bytes <= this.maxBytes || this.scans.size === 1) return;
      this.scans.delete(name);
      bytes -= scan.bytes;
    }
  }

  /** Called now and then: a scan that is half dead is built anew with the next question. */
  sweep(): void {
    for (const [name, scan] of this.scans) {
      const [, workspaceId = ''] = name.split('/');
      if (scan.count > WORTH_SWEEPING && !this.hasMoreThan(Math.floor(scan.count / 2), workspaceId))
        this.scans.delete(name);
    }
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
