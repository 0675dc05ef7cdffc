import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Returns the inconsistencies in the data folder of a stopped server, one per line; empty if there are none. */
export function checkDatabase(dataDir: string, expectedDocuments: number): string[] {
  const db = new Database(join(dataDir, 'lorebox.db'), { readonly: true });
  const problems: string[] = [];
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  const column = (sql: string) => db.prepare(sql).pluck().all() as (number | string)[];
  const expect = (what: string, found: number, wanted: number) => {
    if (found !== wanted) problems.push(`${what}: ${found}, not ${wanted}`);
  };

  const integrity = column('pragma integrity_check').join('; ');
  if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
  expect('foreign keys violated', column('pragma foreign_key_check').length, 0);
  expect('documents', count('select count(*) from documents where removed_at is null'), expectedDocuments);
  expect('ready documents', count("select count(*) from documents where status = 'ready'"), expectedDocuments);
  expect('jobs left', count('select count(*) from jobs'), 0);

  const chunks = count('select count(*) from chunks');
  const positions = 'select count(*) from (select distinct document_id, revision, ordinal from chunks)';
  expect('different chunk positions', count(positions), chunks);
  expect('chunks that documents claim', count('select sum(chunks) from documents'), chunks);
  const foreign =
    'select count(*) from chunks c left join documents d on d.id = c.document_id ' +
    'where d.searchable_revision is not c.revision';
  expect('chunks of no searchable revision', count(foreign), 0);

  const keys = column('select key from chunks order by key');
  const tables = (condition: string) => column(`select name from sqlite_master where ${condition}`).map(String);
  const rowids = (names: string[]) =>
    names.flatMap((name) => column(`select rowid from "${name}"`) as number[]).sort((a, b) => a - b);
  for (const [what, found] of [
    ['full-text rows', rowids(tables("name glob 'fts_*' and sql like 'create virtual table%'"))],
    ['vectors', rowids(tables("type = 'table' and name glob 'vectors_*'"))],
  ] as const) {
    expect(what, found.length, keys.length);
    expect(`${what} under the key of a chunk`, found.filter((key, i) => key === keys[i]).length, keys.length);
  }

  const blobs = column('select sha256 from blobs order by 1');
  const used = column("select distinct sha256 from documents where source <> 'text' order by 1");
  const files = filesIn(join(dataDir, 'blobs'));
  if (blobs.join() !== used.join()) problems.push(`blob rows: ${blobs.length}, documents use ${used.length}`);
  if (files.join() !== blobs.join()) problems.push(`blob files: ${files.length}, blob rows ${blobs.length}`);
  db.close();
  return problems;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort();
}
