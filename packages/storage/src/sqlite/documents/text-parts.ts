import type { Connection } from '../connection.ts';
import { insertRow } from '../prepared-writes.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { textParts, texts } from './schema.ts';

const PART = 65_536;

/** Replaces the text of a revision. SQLite stores UTF-8, so no part may end inside a surrogate pair. */
export function saveText({ orm, raw }: WriteContext, documentId: string, revision: number, text: string): void {
  prepareOnce(raw, 'delete from texts where document_id = ? and revision = ?').run(documentId, revision);
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
  { raw }: Connection,
  documentId: string,
  revision: number,
  start: number,
  end: number,
): string {
  const sql =
    'select start, content from text_parts where document_id = ? and revision = ? and start < ? and start >= ' +
    '(select max(start) from text_parts where document_id = ? and revision = ? and start <= ?) order by start';
  const upTo = Math.min(end, Number.MAX_SAFE_INTEGER);
  const statement = prepareOnce<(string | number)[], { start: number; content: string }>(raw, sql);
  const parts = statement.all(documentId, revision, upTo, documentId, revision, start);
  const first = parts[0]?.start ?? 0;
  return parts
    .map((part) => part.content)
    .join('')
    .slice(start - first, end - first);
}
