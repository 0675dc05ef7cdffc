import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, openConnection } from './connection.ts';
import { migrateDatabase } from './migrate.ts';
import { filterSql } from './search/filter-sql.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

let folder: string;
let connection: Connection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  connection = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
});
afterEach(() => {
  connection.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Creates a database with the first schema and a workspace whose chunks have vectors. */
function createFirstSchema(): void {
  const { raw } = connection;
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8'),
  );
  const { entries } = journal;
  const [first] = entries;
  for (const statement of readFileSync(join(MIGRATIONS, `${first?.tag}.sql`), 'utf8').split('--> statement-breakpoint'))
    raw.exec(statement);
  raw.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  raw.prepare("insert into __drizzle_migrations (hash, created_at) values ('', ?)").run(first?.when);
  raw.exec(`
    insert into workspaces (id, name, slug, mode, refusal_text, instructions, top_k, similarity_floor, history_messages,
      created_at, updated_at) values ('ws_a', 'a', 'a', 'chat', '', '', 8, 0, 10, 0, 0), ('ws_b', 'b', 'b', 'chat', '', '', 8, 0, 10, 0, 0);
    insert into embeddings (key, model_id, dimension) values (1, 'old', 4), (2, 'new', 4);
    insert into documents (id, workspace_id, filename, title, title_given, size, sha256, source, metadata, status, stage, progress,
      warnings, chunks, revision, searchable_revision, created_at, updated_at)
    values ('doc', 'ws_a', 'f', 't', 1, 1, '', 'text', '{"year":2024,"kind":"7","draft":true}', 'ready', 'searchable', 1, '[]', 3, 1, 1, 0, 0);
    insert into chunks (document_id, workspace_id, revision, ordinal, start, "end", tokens, text, embedding_key)
    values ('doc', 'ws_a', 1, 0, 0, 1, 1, 'x', 1), ('doc', 'ws_a', 1, 1, 0, 1, 1, 'x', 2), ('doc', 'ws_a', 1, 2, 0, 1, 1, 'x', 2);
  `);
}

it('migrates a data folder of the first schema with all of its data', () => {
  createFirstSchema();
  migrateDatabase(connection, join(folder, 'none'));
  const { raw } = connection;
  expect(raw.prepare('select id, embedding_key from workspaces order by id').raw().all()).toEqual([
    ['ws_a', 2],
    ['ws_b', null],
  ]);
  expect(raw.prepare('select count(*) from chunks').pluck().get()).toBe(3);
  expect(new Set(raw.prepare('select epoch from embeddings').pluck().all()).size).toBe(2);
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
});

it('keeps metadata in sync for filters after every change', () => {
  createFirstSchema();
  migrateDatabase(connection, join(folder, 'none'));
  const { raw } = connection;
  const find = (metadata: Record<string, string | number | boolean>) => {
    const { sql, params } = filterSql({ workspaceId: 'ws_a', metadata });
    return raw
      .prepare(`select d.id from documents d where ${sql}`)
      .pluck()
      .all(...params);
  };
  expect(find({ year: 2024, draft: true })).toEqual(['doc']);
  expect([find({ kind: '7' }), find({ kind: 7 }), find({ year: '2024' })]).toEqual([['doc'], [], []]);
  raw.exec(`update documents set metadata = '{"year":2025}'`);
  expect([find({ year: 2024 }), find({ kind: '7' }), find({ year: 2025 })]).toEqual([[], [], ['doc']]);
  raw.exec('delete from chunks; delete from documents');
  expect(raw.prepare('select count(*) from document_metadata').pluck().get()).toBe(0);
});

it('gives every key an owner, and removes the prefix of a self-chosen secret', () => {
  createFirstSchema();
  const { raw } = connection;
  raw.exec(`
    insert into users (id, username, username_folded, password_hash, role, suspended, created_at)
      values ('usr_young', 'y', 'y', '', 'admin', 0, 2), ('usr_old', 'o', 'o', '', 'admin', 0, 1), ('usr_m', 'm', 'm', '', 'member', 0, 0);
    insert into api_keys (id, name, prefix, hash, scopes, created_by, created_at) values
      ('k1', 'LOREBOX_API_KEY', 'lbx_chos', 'h1', '["*"]', null, 0), ('k2', 'renamed', 'my-secre', 'h2', '["*"]', null, 0),
      ('k3', 'of a user', 'lbx_abcd', 'h3', '["chat"]', 'usr_m', 0), ('k4', 'of a key', 'lbx_efgh', 'h4', '["*"]', null, 0);
  `);
  migrateDatabase(connection, join(folder, 'none'));
  expect(raw.prepare('select id, prefix, owner_id, created_by from api_keys order by id').raw().all()).toEqual([
    ['k1', 'env', 'usr_old', 'environment'],
    ['k2', 'env', 'usr_old', 'environment'],
    ['k3', 'lbx_abcd', 'usr_m', 'user:usr_m'],
    ['k4', 'lbx_efgh', 'usr_old', null],
  ]);
});

it('completes stored answers: citations get an origin, and events the fields of today', () => {
  createFirstSchema();
  const { raw } = connection;
  const citation = { n: 1, documentId: 'doc', start: 0, end: 4, text: 'It’s “so”.', score: 0.123_456_789 };
  const events = [
    { type: 'answer-start', answerId: 'ans', seq: 1, model: 'm' },
    { type: 'sources-found', answerId: 'ans', seq: 2, sources: [citation], notices: [] },
    { type: 'text-delta', answerId: 'ans', seq: 3, text: 'It is so [1].' },
    {
      type: 'answer-end',
      answerId: 'ans',
      seq: 4,
      citations: [citation],
      unsupported: [{ start: 0, end: 4, support: 0.1 }],
      model: 'm',
      finishReason: 'stop',
      context: { window: 8192 },
      answer: 'It is so [1].',
    },
  ];
  raw.exec(`insert into threads (id, workspace_id, title, created_at, updated_at) values ('thr', 'ws_a', '', 0, 0);
    insert into answers (id, workspace_id, thread_id, question_id, message_id, state, started_at)
      values ('ans', 'ws_a', 'thr', 'q', 'r', 'done', 0);`);
  const message = raw.prepare(
    "insert into messages (id, thread_id, workspace_id, role, text, status, answer_id, citations, created_at) values (?, 'thr', 'ws_a', ?, 'It is só.', 'complete', ?, ?, 0)",
  );
  message.run('q', 'user', null, '[]');
  message.run('r', 'assistant', 'ans', JSON.stringify([citation]));
  raw
    .prepare("insert into answer_events (answer_id, last_seq, events) values ('ans', 4, ?)")
    .run(JSON.stringify(events));
  migrateDatabase(connection, join(folder, 'none'));
  const read = (sql: string): unknown => JSON.parse(String(raw.prepare(sql).pluck().get()));
  const url = '/w/ws_a/d/doc?start=0&end=4';
  const today = { ...citation, origin: 'model', sentences: [], url };
  expect(read("select citations from messages where id = 'q'")).toEqual([]);
  expect(read("select citations from messages where id = 'r'")).toEqual([today]);
  expect(read("select unsupported from messages where id = 'r'")).toEqual([{ start: 0, end: 4, support: 0.1 }]);
  const ends = raw.prepare('select model, finish_reason from messages order by id').raw().all();
  expect(ends).toEqual([
    [null, null],
    ['m', 'stop'],
  ]);
  expect(
    raw
      .prepare('select count(*) from thread_fts where thread_fts match \'scope : "ws_a" AND body : so\'')
      .pluck()
      .get(),
  ).toBe(2);
  const context = { window: 8192, basis: 'passages', documentsMatching: null, documentsRead: 0 };
  expect(read('select events from answer_events')).toEqual([
    events[0],
    { ...events[1], sources: [{ ...citation, url }], tableQueries: [] },
    events[2],
    { ...events[3], citations: [today], notices: [], context },
  ]);
});
