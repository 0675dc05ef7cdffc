import type { ThreadViewer } from '@lorebox/ports/chat-stores';
import { foldLetters } from '../search/fold.ts';
import { segment, segmentForIndex } from '../search/segment.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/** FTS5 table of the titles and messages of all threads. Its rows are those of `thread_texts`. */
export const THREAD_INDEX = 'thread_fts';

/** Only the newest matching texts are looked at, so that a frequent word costs no more than this. */
export const MAX_MATCHES = 5000;

/** Longer messages are found by their beginning. */
const MAX_INDEXED_LENGTH = 100_000;

const MAX_QUERY_WORDS = 16;

interface Scope {
  workspaceId: string;
  userId: string | null;
  keyId: string | null;
}

/** Makes a text findable, and replaces the earlier one of the same title or message. Titles have no message. */
export function indexThreadText(
  { raw }: Pick<WriteContext, 'raw'>,
  threadId: string,
  messageId: string | null,
  text: string,
): void {
  const find = 'select id from thread_texts where thread_id = ? and message_id is ?';
  const insert = 'insert into thread_texts (thread_id, message_id) values (?, ?) returning id';
  const id =
    prepareValue<[string, string | null], number>(raw, find).get(threadId, messageId) ??
    prepareValue<[string, string | null], number>(raw, insert).get(threadId, messageId);
  const sql = 'select workspace_id workspaceId, user_id userId, key_id keyId from threads where id = ?';
  const scope = prepareOnce<[string], Scope>(raw, sql).get(threadId);
  if (id === undefined || !scope) return;
  const { workspaceId, userId, keyId } = scope;
  const words = segmentForIndex(text.slice(0, MAX_INDEXED_LENGTH));
  prepareOnce(raw, `insert or replace into ${THREAD_INDEX} (rowid, scope, body) values (?, ?, ?)`).run(
    BigInt(id),
    [workspaceId, userId, keyId].filter((part) => part !== null).join(' '),
    words,
  );
}

/**
 * Returns the FTS5 query for texts that contain all words of `query`, or null if it has none. Only the beginning of a
 * word has to match. `viewer` limits the search to their own threads; null searches all threads of the workspace.
 */
export function threadMatch(query: string, workspaceId: string, viewer: ThreadViewer | null): string | null {
  const phrases = query
    .split(/\s+/)
    .slice(0, MAX_QUERY_WORDS)
    .map((word) => foldLetters(segment(word).words).trim())
    .filter((words) => /[\p{L}\p{N}]/u.test(words))
    .map((words) => `${quote(words)} *`);
  if (phrases.length === 0) return null;
  // A viewer who sees threads without an owner may have become their owner since they were indexed.
  const owner = viewer === null || viewer.seesUnowned ? null : 'userId' in viewer ? viewer.userId : viewer.keyId;
  const scopes = owner === null ? [workspaceId] : [workspaceId, owner];
  return `scope : (${scopes.map(quote).join(' AND ')}) AND body : (${phrases.join(' AND ')})`;
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
