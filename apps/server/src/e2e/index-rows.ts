import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '@lorebox/storage/sqlite/connection';

/** Counts the rows in the tables of a data folder without using product code, for tests that look for leftovers. */
export function countIndexRows(dataDir: string) {
  const { raw } = openConnection(join(dataDir, 'lorebox.db'), { readonly: true, vectors: true });
  const count = (sql: string) => (raw.prepare(sql).get() as { n: number }).n;
  const tables = (pattern: string, isVirtual: boolean) =>
    (
      raw
        .prepare(
          `select name from sqlite_master where name glob ? and sql ${isVirtual ? '' : 'not'} like 'create virtual%'`,
        )
        .all(pattern) as { name: string }[]
    ).map(({ name }) => name);
  const sum = (names: string[], sql: (name: string) => string) =>
    names.reduce((total, name) => total + count(sql(name)), 0);
  const texts = tables('fts_*', true);
  const vectors = tables('vectors_*', false);
  const result = {
    integrity: (raw.pragma('integrity_check') as { integrity_check: string }[])[0]?.integrity_check,
    documents: count('select count(*) n from documents'),
    chunks: count('select count(*) n from chunks'),
    duplicates: count(
      'select count(*) n from (select 1 from chunks group by document_id, revision, ordinal having count(*) > 1)',
    ),
    fullText: sum(texts, (name) => `select count(*) n from "${name}_docsize"`),
    vectors: sum(vectors, (name) => `select count(*) n from ${name}`),
    orphans:
      sum(vectors, (name) => `select count(*) n from ${name} where chunk_key not in (select key from chunks)`) +
      sum(texts, (name) => `select count(*) n from "${name}_docsize" where id not in (select key from chunks)`),
    blobFiles: readdirSync(join(dataDir, 'blobs'), { recursive: true }).filter((name) =>
      /[0-9a-f]{64}$/.test(String(name)),
    ).length,
  };
  raw.close();
  return result;
}
