import { createHash } from 'node:crypto';
import type { Connection } from '../connection.ts';
import { segmentForIndex } from '../search/segment.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { namesOf } from './metadata-names.ts';
import { type Analyzer, analysisOf, languageOfText } from './text-analysis.ts';

/**
 * Full text is one FTS5 table per workspace, so that workspaces don't share word statistics and a table can be dropped
 * as a whole.
 */
export function textTable(workspaceId: string): string {
  const safe = /^[a-z0-9_]{1,60}$/.test(workspaceId)
    ? workspaceId
    : createHash('sha256').update(workspaceId).digest('hex');
  return `fts_${safe}`;
}

/** Returns the table of the new index that will replace the current index of the workspace. */
export function nextTextTable(workspaceId: string): string {
  return `${textTable(workspaceId)}_next`;
}

/** Number of segments of one size at which FTS5 merges them immediately. */
const MAX_SEGMENTS = 64;

/** Pages written per merge step: 5 to 10 ms. */
const MERGE_PAGES = 64;

/**
 * Runs one step of merging the full-text index of a workspace, which keeps searches fast. Returns true when nothing is
 * left to merge.
 */
export function mergeTexts({ raw }: Connection, table: string): boolean {
  return mergeStep(raw, table, MERGE_PAGES);
}

function mergeStep(raw: Connection['raw'], table: string, pages: number): boolean {
  if (!hasTable(raw, table)) return true;
  const changes = prepareValue<[], number>(raw, 'select total_changes()');
  const before = changes.get() ?? 0;
  prepareOnce(raw, `insert into "${table}" ("${table}", rank) values ('merge', ${pages})`).run();
  // The insert itself counts as one change.
  return (changes.get() ?? 0) - before < 2;
}

/**
 * Runs one step of rewriting a full-text table without its deleted rows. Returns true when done. Negative pages make
 * FTS5 merge all segments into one, the only way to remove the words of deleted rows from the file.
 */
export function eraseTexts({ raw }: Connection, table: string): boolean {
  return mergeStep(raw, table, -MERGE_PAGES);
}

export function hasTable(raw: WriteContext['raw'], name: string): boolean {
  return prepareOnce(raw, 'select 1 from sqlite_master where name = ?').get(name) !== undefined;
}

export function ensureTextTable(context: WriteContext, workspaceId: string): { textTable: string; analyzer: Analyzer } {
  const { raw } = context;
  const name = textTable(workspaceId);
  const { analyzer, wanted } = analysisOf(context, workspaceId);
  if (hasTable(raw, name)) return { textTable: name, analyzer };
  createTextTable(raw, name);
  prepareOnce(raw, 'update workspaces set text_analyzer = ? where id = ?').run(wanted, workspaceId);
  return { textTable: name, analyzer: wanted };
}

export function createTextTable(raw: WriteContext['raw'], name: string): void {
  raw.exec(
    `create virtual table "${name}" using fts5(title, body, content='', contentless_delete=1, ` +
      `tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'")`,
  );
  // Merging while writing doubles the time of an ingest. mergeTexts does it when the writer is idle.
  raw.exec(
    `insert into "${name}" ("${name}", rank) values ('automerge', 0);` +
      `insert into "${name}" ("${name}", rank) values ('crisismerge', ${MAX_SEGMENTS})`,
  );
}

/**
 * Writes the full-text row of a chunk: title and headings in one column, the text in the other, both stemmed in the
 * language of the text. The first chunk of a document also has the names and subjects in its metadata.
 */
export function indexText(
  raw: WriteContext['raw'],
  into: { textTable: string; workspaceId: string; analyzer: Analyzer },
  chunk: { key: number; title: string; section: string | null; text: string },
): void {
  const { key, title, section, text } = chunk;
  const heading = [title, section, namesOf(raw, key)].filter(Boolean).join('\n');
  const language = languageOfText(into.analyzer, text);
  const words = prepareOnce(raw, `insert into "${into.textTable}" (rowid, title, body) values (?, ?, ?)`);
  words.run(BigInt(key), segmentForIndex(heading, language), segmentForIndex(text, language));
  if (!into.analyzer?.endsWith(':auto')) return;
  const count =
    'insert into workspace_languages (workspace_id, language, chunks) values (?, ?, 1) ' +
    'on conflict (workspace_id, language) do update set chunks = chunks + 1';
  prepareOnce(raw, count).run(into.workspaceId, language);
}
