import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VectorShare } from '@lorebox/ports/vector-sync-store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { ScanStore } from '../search/scan-store.ts';
import { VectorSearch } from '../search/vector-search.ts';
import { createStores, type Stores } from '../stores.ts';
import { createInlineWriter } from '../writer/writer.ts';

let folder: string;
let connection: Connection;
let syncs: Stores['vectorSyncs'];
let writer: ReturnType<typeof createInlineWriter>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vector-syncs-'));
  mkdirSync(join(folder, 'blobs', 'staging'), { recursive: true });
  connection = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(connection, join(folder, 'blobs'));
  writer = createInlineWriter(connection, join(folder, 'blobs'));
  syncs = createStores(connection, writer).vectorSyncs;
  connection.raw.exec(
    "insert into embeddings (key, model_id, dimension, epoch) values (1, 'old', 2, 'Ab-1'), (2, 'new', 2, 'cd'); " +
      'create table vectors_1 (chunk_key integer primary key, embedding blob not null); ' +
      'create table vectors_2 (chunk_key integer primary key, embedding blob not null)',
  );
  for (const id of ['ws_a', 'ws_b']) addWorkspace(id);
  await syncs.use('qdrant here');
});
afterEach(() => {
  connection.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string, ...values: unknown[]) => connection.raw.prepare(sql).run(...values);

function addWorkspace(id: string): void {
  run(
    'insert into workspaces (id, slug, name, mode, refusal_text, instructions, top_k, similarity_floor, history_messages, ' +
      "embedding_key, created_at, updated_at) values (?, ?, ?, 'chat', '', '', 8, 0, 10, 1, 0, 0)",
    ...[id, id, id],
  );
}

/** Adds a searchable document whose vectors each point a little further. */
function addDocument(workspaceId: string, id: string, chunks: number, metadata = {}): void {
  run(
    'insert into documents (id, workspace_id, filename, title, title_given, size, sha256, source, metadata, status, stage, ' +
      "progress, warnings, chunks, revision, searchable_revision, created_at, updated_at) values (?, ?, 'f', 't', 0, 1, 'x', " +
      "'text', ?, 'ready', 'searchable', 1, '[]', ?, 1, 1, 0, 0)",
    ...[id, workspaceId, JSON.stringify(metadata), chunks],
  );
  for (let i = 0; i < chunks; i += 1) {
    const { lastInsertRowid } = run(
      'insert into chunks (document_id, workspace_id, revision, ordinal, start, "end", tokens, text) values (?, ?, 1, ?, 0, 1, 1, ?)',
      ...[id, workspaceId, i, 'x'],
    );
    const vector = new Float32Array([Math.cos(i / 10), Math.sin(i / 10)]);
    run('insert into vectors_1 values (?, ?)', lastInsertRowid, Buffer.from(vector.buffer));
  }
}

async function shareOf(workspaceId: string): Promise<VectorShare> {
  const share = (await syncs.behind(10)).find((one) => one.workspaceId === workspaceId);
  if (!share) throw new Error('it is not behind');
  return share;
}

/** Sends everything, like the runner. */
async function sendAll(workspaceId: string): Promise<number[]> {
  await syncs.advance(await shareOf(workspaceId), 0);
  const share = await shareOf(workspaceId);
  const points = await syncs.pointsAfter(share, 0, 1000);
  await syncs.advance(share, points.at(-1)?.key ?? 0);
  return points.map(({ key }) => key);
}

it('lists unsynced shares, returns their vectors, and advances after confirmation', async () => {
  addDocument('ws_a', 'doc_1', 3, { kind: 'memo', draft: true, none: null });
  await syncs.advance(await shareOf('ws_b'), 0);
  const share = await shareOf('ws_a');
  expect(share).toMatchObject({ syncedKey: null, collection: { name: 'lorebox_1_b1', dimension: 2 } });
  expect(await syncs.searchState('ws_a', 'old')).toBeNull();
  await syncs.advance(share, 0);
  const [first] = await syncs.pointsAfter(share, 0, 2);
  expect(first).toMatchObject({ key: 1, documentId: 'doc_1', metadata: { kind: 'memo', draft: true } });
  expect([...(first?.vector ?? [])]).toEqual([1, 0]);
  await syncs.advance(await shareOf('ws_a'), 2);
  expect(await syncs.lag()).toEqual({ vectors: 1, changes: 0 });
  await syncs.advance({ ...share, syncedKey: 0 }, 3); // another runner was faster
  expect(await syncs.searchState('ws_a', 'old')).toMatchObject({ syncedKey: 2, changedDocuments: [] });
  await syncs.advance(await shareOf('ws_a'), 3);
  expect(await syncs.behind(10)).toEqual([]);
  await expect(shareOf('ws_a')).rejects.toThrow();
});

it('records deletions and new metadata in order while there is a backend', async () => {
  addDocument('ws_a', 'doc_1', 2, { kind: 'memo' });
  await sendAll('ws_a');
  run("update documents set metadata = ? where id = 'doc_1'", '{"kind":"letter"}');
  run("update documents set removed_at = 1 where id = 'doc_1'");
  expect((await syncs.searchState('ws_a', 'old'))?.changedDocuments).toEqual(['doc_1']);
  const job = { id: 'job_1', kind: 'purge-document', workspaceId: 'ws_a', documentId: 'doc_1', attempts: 0 } as const;
  await writer.run('jobs.purgeStep', job);
  const changes = await syncs.changes(10);
  expect(changes.map(({ kind }) => kind)).toEqual(['resend', 'remove', 'remove']);
  expect(changes[1]).toMatchObject({ key: 1, workspaceId: 'ws_a' });
  await syncs.confirmChanges(changes[1]?.id ?? 0);
  expect(await syncs.lag()).toEqual({ vectors: 0, changes: 1 });
  await syncs.use(null);
  expect(await syncs.lag()).toEqual({ vectors: 0, changes: 0 });
  addDocument('ws_a', 'doc_2', 1);
  await writer.run('jobs.purgeStep', { ...job, kind: 'purge-workspace' });
  expect(await syncs.changes(10)).toEqual([]);
});

it('sends a removed workspace as one change, and reports when it was the last one', async () => {
  addDocument('ws_a', 'doc_1', 2);
  await sendAll('ws_a');
  run("update workspaces set removed_at = 1 where id = 'ws_a'");
  const job = { id: 'job_1', kind: 'purge-workspace', workspaceId: 'ws_a', attempts: 0 } as const;
  await writer.run('jobs.purgeStep', job);
  expect(await syncs.changes(10)).toMatchObject([{ kind: 'remove-workspace', workspaceId: 'ws_a', isLast: false }]);
  run("update workspaces set embedding_key = 2 where id = 'ws_b'");
  expect(await syncs.changes(10)).toMatchObject([{ kind: 'remove-workspace', isLast: true }]);
});

it('starts from nothing with another backend, and resumes with the same one', async () => {
  addDocument('ws_a', 'doc_1', 2);
  expect(await sendAll('ws_a')).toEqual([1, 2]);
  await syncs.use('qdrant here');
  const started = await syncs.started();
  expect(started).toMatchObject([{ workspaceId: 'ws_a', syncedKey: 2 }]);
  expect(await Promise.all(started.map((share) => syncs.expectedCount(share)))).toEqual([2]);
  await syncs.use('milvus there');
  expect(await syncs.started()).toEqual([]);
});

it('scores candidates and what the backend lacks, and detects too few candidates', async () => {
  addDocument('ws_a', 'doc_1', 8, { kind: 'memo' });
  addDocument('ws_b', 'doc_2', 1);
  const search = new VectorSearch(connection, new ScanStore(connection, 1_000_000, null));
  const ask = (keys: number[], after: number, filter = {}, documentIds: string[] = []) => {
    const candidates = { keys, after, documentIds };
    const { hits, isShort } = search.score(
      'old',
      new Float32Array([1, 0]),
      { workspaceId: 'ws_a', ...filter },
      4,
      candidates,
    );
    return { keys: hits.map(({ key }) => key), isShort };
  };
  expect(ask([3, 2, 1, 4, 5], 8)).toEqual({ keys: [1, 2, 3, 4], isShort: false });
  expect(ask([9, 4711], 8)).toEqual({ keys: [], isShort: true }); // a key of another workspace and an unknown key
  expect(ask([5], 6)).toEqual({ keys: [5, 7, 8], isShort: true });
  expect(ask([], 8, { metadata: { kind: 'memo' } }, ['doc_1'])).toEqual({ keys: [1, 2, 3, 4], isShort: false });
  expect(ask([1, 2], 8, { metadata: { kind: 'letter' } })).toEqual({ keys: [], isShort: false });
});
