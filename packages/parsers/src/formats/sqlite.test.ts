import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse } from '../testing/parse.ts';

function makeDatabase(fill: (database: DatabaseSync) => void): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  try {
    const path = join(folder, 'a.db');
    const database = new DatabaseSync(path);
    fill(database);
    database.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('SQLite databases', () => {
  it('reads the schema and the rows of each table', async () => {
    const file = makeDatabase((database) => {
      database.exec(`CREATE TABLE berths (id INTEGER PRIMARY KEY, "name, long" TEXT, fee REAL, ean INTEGER, CHECK (fee > 0));
        INSERT INTO berths VALUES (7, 'B7', 12.5, 4006381333931), (8, NULL, 3, 9007199254740993);
        CREATE TABLE empty (a);`);
    });
    expect(listBlocks(await parse(file, 'a.db'), ({ kind, section }) => `${section} ${kind}`)).toEqual([
      'berths code: CREATE TABLE berths (id INTEGER PRIMARY KEY, "name, long" TEXT, fee REAL, ean INTEGER, CHECK (fee > 0))',
      'berths table-row: id | name, long | fee | ean',
      'berths table-row: 7 | B7 | 12.5 | 4006381333931',
      'berths table-row: 8 | | 3 | 9007199254740993',
      'empty code: CREATE TABLE empty (a)',
      'empty table-row: a',
    ]);
  });

  it('reads rows on many pages and texts longer than a page', async () => {
    const long = 'word '.repeat(5000).trim();
    const file = makeDatabase((database) => {
      database.exec('PRAGMA page_size = 1024; CREATE TABLE t (n INTEGER, s TEXT)');
      database.exec('BEGIN');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
      for (let row = 0; row < 3000; row++) insert.run(row, row === 1500 ? long : `row${row}`);
      database.exec('COMMIT');
    });
    const { text } = await parse(file, 'a.db');
    for (let row = 0; row < 3000; row++) expect(text.includes(row === 1500 ? long : `${row} | row${row}`)).toBe(true);
  });

  it('fails for a damaged file', async () => {
    const file = makeDatabase((database) => database.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)'));
    file.fill(255, 104, 200);
    expect((await failureOf(parse(file, 'a.db'))).reason).toBe('damaged');
  });
});
