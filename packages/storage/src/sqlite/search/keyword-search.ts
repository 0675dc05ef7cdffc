import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import type { Connection } from '../connection.ts';
import { textTable } from '../stores/chunk-rows.ts';
import { filterSql, isNarrow, SEARCHABLE } from './filter-sql.ts';
import { queryTerms, toMatchExpression } from './segment.ts';

/** BM25 over the workspace's own full-text table, best first. */
export function searchKeywords({ raw }: Connection, query: string, filter: SearchFilter, limit: number): IndexHit[] {
  const match = toMatchExpression(queryTerms(query));
  const table = textTable(filter.workspaceId);
  if (match === null || !raw.prepare('select 1 from sqlite_master where name = ?').get(table)) return [];
  const where = filterSql(filter);
  if (isNarrow(filter)) {
    const sql =
      `select f.rowid as key, -f.rank as score from "${table}" f cross join chunks c on c.key = f.rowid ${SEARCHABLE} ` +
      `where f."${table}" match ? and ${where.sql} order by f.rank limit ?`;
    return raw.prepare(sql).all(match, ...where.params, limit) as IndexHit[];
  }
  // Ranking inside FTS5 alone is several times faster than joining every match; what isn't searchable (a revision in
  // the making, a document being removed) is dropped afterwards, and the next, deeper round makes up for it.
  const sql =
    `select c.key as key, -t.rank as score from (select rowid, rank from "${table}" where "${table}" match ? ` +
    `order by rank limit ?) t cross join chunks c on c.key = t.rowid ${SEARCHABLE} where ${where.sql} order by t.rank limit ?`;
  const statement = raw.prepare(sql);
  for (let depth = limit * 2; ; depth *= 8) {
    const hits = statement.all(match, depth, ...where.params, limit) as IndexHit[];
    if (hits.length === limit || depth > 1_000_000 || !hasMore(raw, table, match, depth)) return hits;
  }
}

function hasMore(raw: Connection['raw'], table: string, match: string, depth: number): boolean {
  return (
    raw.prepare(`select 1 from "${table}" where "${table}" match ? limit 1 offset ?`).get(match, depth) !== undefined
  );
}
