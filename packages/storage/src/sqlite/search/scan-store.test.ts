import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { prepareValue } from '../statements.ts';
import { ScanStore } from './scan-store.ts';
import { loadScan } from './vector-file.ts';

const SIZE = 20_500;
const DIMENSION = 32;
const ABOUT = { workspaceId: 'ws_a', embeddingKey: 1, epoch: 'now', dimension: DIMENSION };

let folder: string;
let files: string;
let writing: Connection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scans-'));
  files = join(folder, 'index');
  mkdirSync(files);
  writing = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(writing, join(folder, 'none'));
  writing.raw.exec(`
    insert into workspaces (id, name, slug, mode, refusal_text, instructions, top_k, similarity_floor, history_messages,
      embedding_key, created_at, updated_at) values ('ws_a', 'a', 'a', 'chat', '', '', 8, 0, 10, 1, 0, 0);
    insert into embeddings (key, model_id, dimension, epoch) values (1, 'm', ${DIMENSION}, 'now');
    create table vectors_1 (chunk_key integer primary key, embedding blob not null);
  `);
  add(SIZE);
});
afterEach(() => {
  writing.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns a different direction for each key. */
function vectorOf(key: number): Float32Array {
  let state = Math.imul(key, 2654435761) | 1;
  const vector = Float32Array.from({ length: DIMENSION }, () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393;
    return (state >>> 8) / 2 ** 24 - 0.5;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function add(count: number): void {
  const { raw } = writing;
  const chunk = raw.prepare(
    `insert into chunks (document_id, workspace_id, revision, ordinal, start, "end", tokens, text)
     values ('doc', 'ws_a', 1, ?, 0, 1, 1, 'x')`,
  );
  const vector = raw.prepare('insert into vectors_1 values (?, ?)');
  const first = prepareValue<[], number>(raw, 'select coalesce(max(key), 0) from chunks').get() ?? 0;
  raw.transaction(() => {
    for (let i = 1; i <= count; i += 1) {
      const key = Number(chunk.run(first + i).lastInsertRowid);
      vector.run(BigInt(key), Buffer.from(vectorOf(key).buffer));
    }
  })();
}

const open = () => new ScanStore(writing, 1e9, files);

async function saved(): Promise<string> {
  await open().get(ABOUT);
  await expect.poll(() => readdirSync(files), { timeout: 10_000 }).toEqual(['1-ws_a.vectors']);
  return join(files, '1-ws_a.vectors');
}

describe('a scan file', () => {
  it('is read instead of the vectors, and extended with newer vectors', async () => {
    await saved();
    expect((await loadScan(files, ABOUT))?.count).toBe(SIZE);
    add(3);
    const scan = await open().get(ABOUT);
    expect(scan.count).toBe(SIZE + 3);
    expect(scan.nearest(vectorOf(SIZE + 3), 20)).toContain(SIZE + 3);
    expect(scan.nearest(vectorOf(4000), 20)).toContain(4000);
  });

  it('is rebuilt if it is truncated, belongs to another table, lacks vectors or has vectors of another history', async () => {
    const path = await saved();
    expect(await loadScan(files, { ...ABOUT, epoch: 'other' })).toBeNull();
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, statSync(path).size / 2));
    expect(await loadScan(files, ABOUT)).toBeNull();
    expect((await open().get(ABOUT)).count).toBe(SIZE);
    writeFileSync(path, 'something else');
    expect((await open().get(ABOUT)).count).toBe(SIZE);

    writeFileSync(path, whole);
    const turned = Buffer.from(vectorOf(-1).buffer);
    writing.raw.prepare('update vectors_1 set embedding = ? where chunk_key > ?').run(turned, SIZE - 5);
    expect((await open().get(ABOUT)).nearest(vectorOf(-1), 20)).toContain(SIZE);
    rmSync(path);
    expect((await open().get(ABOUT)).count).toBe(SIZE);
  });

  it('is removed with its workspace, and preloaded at startup while there is memory', async () => {
    await saved();
    const store = open();
    await store.warm();
    expect((await store.get(ABOUT)).count).toBe(SIZE);
    writing.raw.exec("update workspaces set embedding_key = null where id = 'ws_a'");
    await store.sweep();
    expect(readdirSync(files)).toEqual([]);
  });
});
