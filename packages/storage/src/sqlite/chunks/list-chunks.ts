import type { Chunk } from '@lorebox/contract/document';
import type { Page, PageInput } from '@lorebox/contract/page';
import { and, asc, eq, gt, isNull } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { documents } from '../documents/schema.ts';
import { toPage } from '../page.ts';
import { prepareOnce } from '../statements.ts';
import { chunkId } from './chunk-id.ts';
import { chunks, excludedChunks } from './schema.ts';

/** The chunks of the searchable revision, in document order. */
export function listChunks(
  { orm }: Connection,
  id: string,
  { cursor, limit }: PageInput,
  withExcluded: boolean,
): Page<Chunk> {
  const select = (table: typeof chunks | typeof excludedChunks) =>
    orm
      .select({ chunk: table })
      .from(table)
      .innerJoin(documents, and(eq(documents.id, table.documentId), eq(documents.searchableRevision, table.revision)))
      .where(
        and(eq(documents.id, id), isNull(documents.removedAt), cursor ? gt(table.ordinal, Number(cursor)) : undefined),
      )
      .orderBy(asc(table.ordinal))
      .limit(limit + 1)
      .all();
  const kept = select(chunks).map(({ chunk }) => toChunk(chunk, false));
  const excluded = withExcluded ? select(excludedChunks).map(({ chunk }) => toChunk(chunk, true)) : [];
  const rows = excluded.length === 0 ? kept : [...kept, ...excluded].sort((a, b) => a.ordinal - b.ordinal);
  return toPage(
    rows.slice(0, limit + 1),
    limit,
    (row) => row,
    (row) => row.ordinal,
  );
}

/** Ranges of the text that were excluded by hand. */
export function excludedRanges({ raw }: Connection, id: string, revision: number): { start: number; end: number }[] {
  const sql = 'select start, "end" from excluded_chunks where document_id = ? and revision = ?';
  return prepareOnce<[string, number], { start: number; end: number }>(raw, sql).all(id, revision);
}

function toChunk(row: typeof excludedChunks.$inferSelect, excluded: boolean): Chunk {
  const { documentId, ordinal, page, section, start, end, tokens, text, corrected, times } = row;
  const said = { startTime: times?.[0]?.[1] ?? null, endTime: times?.at(-1)?.[2] ?? null };
  return {
    id: chunkId(row),
    documentId,
    ordinal,
    page,
    section,
    start,
    end,
    tokens,
    text,
    ...said,
    excluded,
    corrected,
  };
}
