import { randomBytes } from 'node:crypto';
import type { ChunkChange } from '@lorebox/ports/document-stores';
import type { ParsedBlock } from '@lorebox/ports/parser';
import { and, eq } from '../../drizzle.ts';
import { documents, texts } from '../documents/schema.ts';
import { readRange, saveText } from '../documents/text-parts.ts';
import { admitsVectors } from '../embeddings/active-embedder.ts';
import { ensureEmbedding } from '../embeddings/vector-table.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { deleteChunks, insertChunk } from './chunk-rows.ts';
import { chunks, excludedChunks } from './schema.ts';
import { ensureTextTable } from './text-index.ts';

type ChunkRow = typeof excludedChunks.$inferSelect;

/**
 * Corrects a chunk of the searchable revision, or takes it out of searches and back. A correction is written into the
 * stored text, so that quotes and whole documents have it too; what follows moves.
 * @returns false if the chunk is gone or the embedder of the workspace has changed in the meantime.
 */
export function changeChunk(
  context: WriteContext,
  { chunk, text, excluded, embedded, warning, at }: ChunkChange,
): boolean {
  const { orm } = context;
  const { documentId, revision, ordinal } = chunk;
  const document = orm.select().from(documents).where(eq(documents.id, documentId)).get();
  const live = orm.select().from(chunks).where(isChunk(chunks, chunk)).get();
  const stored: ChunkRow | undefined =
    live ?? orm.select().from(excludedChunks).where(isChunk(excludedChunks, chunk)).get();
  if (!document || document.removedAt || document.searchableRevision !== revision || !stored) return false;
  const { workspaceId, page, section, start, times } = stored;
  const delta = text === null ? 0 : text.length - (stored.end - start);
  const kept = { documentId, workspaceId, revision, ordinal, page, section, start, times };
  const changed = {
    ...kept,
    end: stored.end + delta,
    tokens: embedded?.tokens ?? stored.tokens,
    text: text ?? stored.text,
    corrected: stored.corrected || text !== null,
  };
  let insert = () => {};
  if (!excluded) {
    if (!embedded) return false;
    const embeddingKey = ensureEmbedding(context, embedded.modelId, embedded.vector.length);
    if (!admitsVectors(context, workspaceId, embeddingKey)) return false;
    insert = () => {
      const into = { ...ensureTextTable(context, workspaceId), embeddingKey };
      // A random hash, so that the vector of a correction is never used for another text.
      insertChunk(context, into, document.title, { ...changed, hash: randomBytes(16) }, embedded.vector);
      if (changed.corrected) orm.update(chunks).set({ corrected: true }).where(isChunk(chunks, chunk)).run();
    };
  }
  if (live) deleteChunks(context, workspaceId, [live]);
  orm.delete(excludedChunks).where(isChunk(excludedChunks, chunk)).run();
  if (text !== null) replaceText(context, { ...stored, text }, delta);
  if (excluded) orm.insert(excludedChunks).values(changed).run();
  else insert();
  prepareOnce(context.raw, 'delete from document_summaries where document_id = ?').run(documentId);
  const others = document.warnings.filter((each) => each !== warning);
  const warnings = hasChanges(context, documentId, revision) ? [...others, warning] : others;
  orm
    .update(documents)
    .set({ warnings, summaryState: 'none', updatedAt: at })
    .where(eq(documents.id, documentId))
    .run();
  return true;
}

function hasChanges({ raw }: WriteContext, documentId: string, revision: number): boolean {
  const sql =
    'select 1 from excluded_chunks where document_id = ? and revision = ? union all ' +
    'select 1 from chunks where document_id = ? and revision = ? and corrected = 1 limit 1';
  return prepareOnce(raw, sql).get(documentId, revision, documentId, revision) !== undefined;
}

function isChunk(
  table: typeof chunks | typeof excludedChunks,
  { documentId, revision, ordinal }: ChunkChange['chunk'],
) {
  return and(eq(table.documentId, documentId), eq(table.revision, revision), eq(table.ordinal, ordinal));
}

/** Writes the text of the chunk into the text of its document. */
function replaceText(context: WriteContext, chunk: ChunkRow, delta: number): void {
  const { orm, raw } = context;
  const { documentId, revision, start, end, ordinal, text } = chunk;
  const isRevision = and(eq(texts.documentId, documentId), eq(texts.revision, revision));
  const row = orm.select({ blocks: texts.blocks }).from(texts).where(isRevision).get();
  const whole = readRange(context, documentId, revision, 0, Number.POSITIVE_INFINITY);
  saveText(context, documentId, revision, whole.slice(0, start) + text + whole.slice(end));
  const blocks = row?.blocks ? moveBlocks(row.blocks, { start, end }, delta) : null;
  orm.update(texts).set({ blocks, parsed: true }).where(isRevision).run();
  for (const table of ['chunks', 'excluded_chunks']) {
    const later = `where document_id = ? and revision = ? and ordinal > ?`;
    prepareOnce(raw, `update ${table} set start = start + ?, "end" = "end" + ? ${later}`).run(
      delta,
      delta,
      documentId,
      revision,
      ordinal,
    );
  }
}

/** The blocks of a corrected range become one, because nobody knows which of its words belong to which. */
function moveBlocks(
  blocks: readonly ParsedBlock[],
  { start, end }: { start: number; end: number },
  delta: number,
): ParsedBlock[] {
  const inside = blocks.filter((block) => block.start >= start && block.end <= end);
  const [first] = inside;
  const joined = first && { ...first, kind: inside.length === 1 ? first.kind : ('paragraph' as const) };
  return blocks.flatMap((block) => {
    if (block === first && joined) return [{ ...joined, start, end: end + delta }];
    if (inside.includes(block)) return [];
    if (block.start >= end) return [{ ...block, start: block.start + delta, end: block.end + delta }];
    return [block.end <= start ? block : { ...block, end: Math.max(block.start, block.end + delta) }];
  });
}
