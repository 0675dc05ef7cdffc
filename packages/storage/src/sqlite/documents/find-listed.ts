import type { Document, DocumentFolder, DocumentSort } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { ListDocuments } from '@lorebox/ports/document-stores';
import { and, asc, desc, eq, isNull, type SQL, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareOnce } from '../statements.ts';
import { publicDocument } from './public-columns.ts';
import { documents } from './schema.ts';

/** FTS5 table of the titles, file names and paths of documents. Its rows are those of `document_names`. */
export const NAME_INDEX = 'document_fts';

/** More matches than documents that a workspace may have by default. */
const MAX_MATCHES = 200_000;

/** The index holds triples of characters. Shorter words are compared row by row. */
const MIN_INDEXED_LENGTH = 3;
const MAX_QUERY_WORDS = 8;

const PATH = sql`coalesce(json_extract(${documents.metadata}, '$.path'), '')`;
const SORT_KEYS: Record<DocumentSort, SQL> = {
  created: sql`${documents.id}`,
  title: sql`lower(${documents.title})`,
  size: sql`${documents.size}`,
  status: sql`${documents.status}`,
};

/** Returns `limit` + 1 documents of a list that is filtered by names or folder, or sorted by something else than age. */
export function findListed(
  { orm, raw }: Connection,
  { workspaceId, status, externalId, order, sort = 'created', cursor, limit, ...filter }: ListDocuments,
): Document[] {
  const isDescending = order === 'desc';
  const key = SORT_KEYS[sort];
  const sorted = isDescending ? desc : asc;
  const where = and(
    eq(documents.workspaceId, workspaceId),
    isNull(documents.removedAt),
    status === undefined ? undefined : eq(documents.status, status),
    externalId === undefined ? undefined : eq(documents.externalId, externalId),
    filter.folder === undefined ? undefined : isInFolder(workspaceId, filter.folder),
    filter.query === undefined ? undefined : and(...nameConditions(filter.query)),
    cursor === undefined ? undefined : isAfter(raw, cursor, key, isDescending),
  );
  const found = orm.select(publicDocument).from(documents).where(where);
  const keys = sort === 'created' ? [sorted(documents.id)] : [sorted(key), sorted(documents.id)];
  return found
    .orderBy(...keys)
    .limit(limit + 1)
    .all();
}

/** The cursor is the id of a document, whose place in the order is looked up. */
function isAfter(raw: Connection['raw'], cursor: string, key: SQL, isDescending: boolean): SQL {
  if (!prepareOnce<[string]>(raw, 'select 1 from documents where id = ?').get(cursor))
    throw new AppError('BAD_REQUEST', 'The document at the cursor was deleted. Start again at the first page.');
  const place = sql`(select ${key}, ${documents.id} from ${documents} where ${documents.id} = ${cursor})`;
  return isDescending ? sql`(${key}, ${documents.id}) < ${place}` : sql`(${key}, ${documents.id}) > ${place}`;
}

/** "0" is the character after "/", so that the paths below a folder are a range of the index. */
function isInFolder(workspaceId: string, folder: string): SQL {
  const name = withoutSlashes(folder);
  return sql`${documents.id} in (select m.document_id from document_metadata m where m.workspace_id = ${workspaceId}
    and m.name = 'path' and m.value >= ${`${name}/`} and m.value < ${`${name}0`})`;
}

function nameConditions(query: string): SQL[] {
  const words = query.split(/\s+/).filter(Boolean).slice(0, MAX_QUERY_WORDS);
  const indexed = words.filter((word) => [...word].length >= MIN_INDEXED_LENGTH);
  const short = words.filter((word) => !indexed.includes(word));
  const match = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
  const matching = sql`${documents.id} in (select n.document_id from (select rowid from ${sql.raw(NAME_INDEX)}
    where ${sql.raw(NAME_INDEX)} match ${match} order by rowid desc limit ${MAX_MATCHES}) f
    join document_names n on n.id = f.rowid)`;
  const names = sql`lower(${documents.title} || ' ' || ${documents.filename} || ' ' || ${PATH})`;
  const compared = short.map((word) => sql`instr(${names}, lower(${word})) > 0`);
  return indexed.length === 0 ? compared : [matching, ...compared];
}

const MAX_FOLDERS = 2000;
/** Deeper folders are counted in the one above. */
const MAX_FOLDER_DEPTH = 20;

/** Returns the folders of the workspace, sorted by path, with the number of documents in and below each. */
export function listFolders({ raw }: Connection, workspaceId: string): DocumentFolder[] {
  const sqlText = "select value from document_metadata where workspace_id = ? and name = 'path'";
  const counts = new Map<string, number>();
  for (const { value } of prepareOnce<[string], { value: unknown }>(raw, sqlText).iterate(workspaceId)) {
    if (typeof value !== 'string') continue;
    let end = value.indexOf('/');
    for (let depth = 0; end >= 0 && depth < MAX_FOLDER_DEPTH; depth += 1) {
      const path = value.slice(0, end);
      if (path !== '') counts.set(path, (counts.get(path) ?? 0) + 1);
      end = value.indexOf('/', end + 1);
    }
  }
  return [...counts]
    .map(([path, count]) => ({ path, count }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, MAX_FOLDERS);
}

function withoutSlashes(folder: string): string {
  let end = folder.length;
  while (end > 0 && folder[end - 1] === '/') end -= 1;
  return folder.slice(0, end);
}
