import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import { languagesOf } from '../chunks/text-analysis.ts';
import { hasTable, textTable } from '../chunks/text-index.ts';
import type { Connection } from '../connection.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { filterSql, isNarrow, SEARCHABLE } from './filter-sql.ts';
import { queryTerms, toMatchExpression, toPhraseExpression, wordExpressions } from './query-terms.ts';
import { containsAny, writtenPhrases } from './written-phrases.ts';

/** Extra matches to fetch, because a few turn out to be unsearchable. */
const SPARE = 16;

/** Maximum number of exact matches. More would not help. */
const MAX_EXACT = 50;

/** Factor for the score of a passage with the words as they are written in the query. */
const VERBATIM_LIFT = 1.25;

/** BM25 over the full-text table of the workspace, best first. Marks passages that contain the query verbatim. */
export function searchKeywords(connection: Connection, query: string, filter: SearchFilter, limit: number): IndexHit[] {
  const languages = languagesOf(connection, filter.workspaceId);
  const hits = rank(connection, toMatchExpression(queryTerms(query, languages)), filter, limit);
  const phrase = toPhraseExpression(query, languages);
  if (hits.length === 0) return hits;
  return markExact(connection, liftVerbatim(connection, hits, query), phrase, filter);
}

/** Marks passages that contain the words of the query in a row, and adds those that are no hits. */
function markExact(
  connection: Connection,
  hits: readonly IndexHit[],
  phrase: string | null,
  filter: SearchFilter,
): IndexHit[] {
  if (phrase === null) return [...hits];
  const exact = new Map(rank(connection, phrase, filter, MAX_EXACT).map((hit) => [hit.key, hit]));
  const marked = hits.map((hit) => (exact.delete(hit.key) ? { ...hit, isExact: true } : hit));
  // For very frequent words, the best hundred matches may not include the exact phrase.
  const last = hits.at(-1)?.score ?? 0;
  return [...marked, ...[...exact.keys()].map((key) => ({ key, score: last, isExact: true }))];
}

/** Of several spellings of the same, the one that was asked for comes first. */
function liftVerbatim({ raw }: Connection, hits: readonly IndexHit[], query: string): IndexHit[] {
  const asked = writtenPhrases(query);
  if (asked.length === 0) return [...hits];
  const first = hits.slice(0, MAX_EXACT);
  const rows = prepareOnce<[string], { key: number; text: string }>(
    raw,
    'select c.key, c.text from json_each(?) k join chunks c on c.key = k.value',
  ).all(JSON.stringify(first.map(({ key }) => key)));
  const verbatim = new Set(rows.filter(({ text }) => containsAny(text, asked)).map(({ key }) => key));
  const lifted = hits.map((hit) => (verbatim.has(hit.key) ? { ...hit, score: hit.score * VERBATIM_LIFT } : hit));
  return lifted.sort((a, b) => b.score - a.score);
}

/** Number of words that are looked up. */
const MAX_LOOKED_UP = 24;

/** Share (0..1) of the content words of a query that the workspace has. 1 for a query without any. */
export function shareOfKnownWords(connection: Connection, query: string, { workspaceId }: SearchFilter): number {
  const { raw } = connection;
  const table = textTable(workspaceId);
  if (!hasTable(raw, table)) return 1;
  const words = wordExpressions(query, languagesOf(connection, workspaceId)).slice(0, MAX_LOOKED_UP);
  const find = prepareOnce<[string]>(raw, `select 1 from "${table}" where "${table}" match ? limit 1`);
  const known = words.filter((word) => find.get(word) !== undefined);
  return words.length === 0 ? 1 : known.length / words.length;
}

function rank({ raw }: Connection, match: string | null, filter: SearchFilter, limit: number): IndexHit[] {
  const table = textTable(filter.workspaceId);
  if (match === null || !hasTable(raw, table)) return [];
  const where = filterSql(filter);
  if (isNarrow(filter)) {
    const sql =
      `select f.rowid as key, -f.rank as score from "${table}" f cross join chunks c on c.key = f.rowid ${SEARCHABLE} ` +
      `where f."${table}" match ? and ${where.sql} order by f.rank limit ?`;
    return raw.prepare<unknown[], IndexHit>(sql).all(match, ...where.params, limit);
  }
  // Ranking inside FTS5 only is several times faster than joining every match. Unsearchable matches (a revision being
  // ingested, a document being removed) are dropped afterwards, and the next, deeper round makes up for them.
  const ranked = prepareOnce<[string, number], IndexHit>(
    raw,
    `select rowid as key, -rank as score from "${table}" where "${table}" match ? order by rank limit ?`,
  );
  const searchable = prepareValue<unknown[], number>(
    raw,
    `select c.key from json_each(?) k cross join chunks c on c.key = k.value ${SEARCHABLE} where ${where.sql}`,
  );
  for (let depth = limit + SPARE; ; depth *= 8) {
    const hits = ranked.all(match, depth);
    const alive = new Set(searchable.all(JSON.stringify(hits.map(({ key }) => key)), ...where.params));
    const kept = hits.filter(({ key }) => alive.has(key));
    if (kept.length >= limit || hits.length < depth) return kept.slice(0, limit);
  }
}
