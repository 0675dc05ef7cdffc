import type { IndexHit, SearchFilter, VectorCandidates } from '@lorebox/ports/search-index';
import type { Connection } from '../connection.ts';
import { toBytes } from '../embeddings/vector-bytes.ts';
import { findEmbedding, vectorTable } from '../embeddings/vector-table.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { filterSql, isNarrow, SEARCHABLE } from './filter-sql.ts';
import type { ScanStore } from './scan-store.ts';
import type { VectorScan } from './vector-scan.ts';

/** Maximum number of chunks matching a filter that are all scored exactly. */
const NARROW = 20_000;
/** Maximum number of chunks missing in a backend that are all scored exactly. Above it, a scan is faster. */
const UNKNOWN = 4000;
/** Extra candidates to make up for int8 errors and deleted vectors. More are added only if these are too few. */
const SPARE = 32;

interface Query {
  vector: Float32Array;
  embeddingKey: number;
  filter: SearchFilter;
  limit: number;
}

export interface CandidateScores {
  hits: IndexHit[];
  /** The workspace has more hits than the candidates contain. */
  isShort?: boolean;
  /** The backend lacks more chunks than can be scored here. */
  isTooMany?: boolean;
}

/**
 * sqlite-vec scores the float vectors in SQLite exactly; a VectorScan per workspace selects the candidates. A scan may
 * contain deleted vectors, so every hit is joined with the rows before it is returned.
 */
export class VectorSearch {
  private readonly connection: Connection;
  private readonly scans: ScanStore;

  constructor(connection: Connection, scans: ScanStore) {
    this.connection = connection;
    this.scans = scans;
  }

  async search(modelId: string, vector: Float32Array, filter: SearchFilter, limit: number): Promise<IndexHit[]> {
    const model = this.findModel(modelId, vector);
    if (!model) return [];
    const { key: embeddingKey, dimension, epoch } = model;
    const query = { vector, embeddingKey, filter, limit };
    if (isNarrow(filter) && this.isNarrowEnough(query)) return this.scoreAll(query);
    const { workspaceId } = filter;
    return this.nearest(query, await this.scans.get({ workspaceId, embeddingKey, epoch, dimension }));
  }

  /** Scores the candidates of a vector backend and the chunks that it lacks. */
  score(
    modelId: string,
    vector: Float32Array,
    filter: SearchFilter,
    limit: number,
    { keys, after, documentIds }: VectorCandidates,
  ): CandidateScores {
    const model = this.findModel(modelId, vector);
    if (!model) return { hits: [] };
    const query = { vector, embeddingKey: model.key, filter, limit };
    const { raw } = this.connection;
    const later = 'select key from chunks where workspace_id = ? and key > ? limit ?';
    const changed = 'select key from chunks where document_id in (select value from json_each(?)) limit ?';
    const unknown = [
      ...prepareValue<[string, number, number], number>(raw, later).all(filter.workspaceId, after, UNKNOWN + 1),
      ...prepareValue<[string, number], number>(raw, changed).all(JSON.stringify(documentIds), UNKNOWN + 1),
    ];
    if (unknown.length > UNKNOWN) return { hits: [], isTooMany: true };
    const hits = this.scoreExactly(query, [...new Set([...keys, ...unknown])]).slice(0, limit);
    return { hits, isShort: hits.length < limit && this.countFitting(query) > hits.length };
  }

  private findModel(modelId: string, vector: Float32Array) {
    const model = findEmbedding(this.connection.raw, modelId);
    return model?.dimension === vector.length ? model : undefined;
  }

  /** Counts searchable vectors that match the filter, up to the limit. */
  private countFitting({ filter, embeddingKey, limit }: Query): number {
    const where = filterSql(filter);
    const sql = `select count(*) from (select 1 from documents d cross join chunks c on c.document_id = d.id
      and c.revision = d.searchable_revision cross join ${vectorTable(embeddingKey)} v on v.chunk_key = c.key
      where d.removed_at is null and ${where.sql} limit ?)`;
    return this.count(sql, where.params, limit);
  }

  /** Increases the number of candidates until enough of them are searchable or there are no more. */
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
    return this.hits(sql, [toBytes(vector), JSON.stringify(keys), ...where.params]);
  }

  private isNarrowEnough({ filter }: Query): boolean {
    const where = filterSql(filter);
    const sql = `select count(*) from (select 1 from documents d cross join chunks c on c.document_id = d.id
      and c.revision = d.searchable_revision where d.removed_at is null and ${where.sql} limit ?)`;
    return this.count(sql, where.params, NARROW + 1) <= NARROW;
  }

  private scoreAll({ vector, embeddingKey, filter, limit }: Query): IndexHit[] {
    const where = filterSql(filter);
    const sql =
      'select c.key as key, 1 - vec_distance_cosine(v.embedding, ?) as score from documents d cross join chunks c ' +
      `on c.document_id = d.id and c.revision = d.searchable_revision cross join ${vectorTable(embeddingKey)} v ` +
      `on v.chunk_key = c.key where d.removed_at is null and ${where.sql} order by score desc, c.key limit ?`;
    return this.hits(sql, [toBytes(vector), ...where.params, limit]);
  }

  private hits(sql: string, params: unknown[]): IndexHit[] {
    return prepareOnce<unknown[], IndexHit>(this.connection.raw, sql).all(...params);
  }

  private count(sql: string, params: unknown[], limit: number): number {
    return prepareValue<unknown[], number>(this.connection.raw, sql).get(...params, limit) ?? 0;
  }
}
