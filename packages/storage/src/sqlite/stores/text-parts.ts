import { and, asc, desc, eq, gte, lt, lte } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { insertRow } from '../prepared.ts';
import { textParts, texts } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';

const PART = 65_536;

/** Replaces the text of a revision. SQLite stores UTF-8, so no part may end between the halves of a surrogate pair. */
export function saveText({ orm }: WriteContext, documentId: string, revision: number, text: string): void {
  orm
    .delete(texts)
    .where(and(eq(texts.documentId, documentId), eq(texts.revision, revision)))
    .run();
  insertRow(orm, texts, { documentId, revision, length: text.length, blocks: null, parsed: false });
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PART, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    insertRow(orm, textParts, { documentId, revision, start, content: text.slice(start, end) });
    start = end;
  }
}

export function readRange(
  { orm }: Connection,
  documentId: string,
  revision: number,
  start: number,
  end: number,
): string {
  const mine = and(eq(textParts.documentId, documentId), eq(textParts.revision, revision));
  const first = orm
    .select({ start: textParts.start })
    .from(textParts)
    .where(and(mine, lte(textParts.start, start)))
    .orderBy(desc(textParts.start))
    .limit(1)
    .get();
  if (!first) return '';
  const upTo = Number.isFinite(end) ? lt(textParts.start, end) : undefined;
  const where = and(mine, gte(textParts.start, first.start), upTo);
  const parts = orm.select().from(textParts).where(where).orderBy(asc(textParts.start)).all();
  return parts
    .map((part) => part.content)
    .join('')
    .slice(start - first.start, end - first.start);
}
