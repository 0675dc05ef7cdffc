import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppError } from '@lorebox/contract/errors';
import { DEFAULT_WORKSPACE_SETTINGS, type Workspace } from '@lorebox/contract/workspace';
import type { Job, NewChunk, NewDocument } from '@lorebox/ports/document-stores';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswerStore } from '../answers/store.ts';
import { blobPath } from '../blobs/blob-files.ts';
import { createTextTable, indexText } from '../chunks/text-index.ts';
import { type Connection, openConnection } from '../connection.ts';
import { createIngestStore } from '../ingest/store.ts';
import { migrateDatabase } from '../migrate.ts';
import { searchKeywords } from '../search/keyword-search.ts';
import { ScanStore } from '../search/scan-store.ts';
import { VectorSearch } from '../search/vector-search.ts';
import { createThreadStore } from '../threads/store.ts';
import { createWorkspaceStore } from '../workspaces/store.ts';
import { createInlineWriter } from '../writer/writer.ts';
import { createDocumentStore } from './store.ts';

type IngestJob = Job & { kind: 'ingest' };

const MODEL = { modelId: 'test-embedder', dimension: 4 };
const AT = new Date('2026-01-01T00:00:00Z');
const ALL = { memberId: null, workspaceId: null };

let folder: string;
let blobs: string;
let writing: Connection;
let reading: Connection;
let stores: ReturnType<typeof openStores>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stores-'));
  blobs = join(folder, 'blobs');
  mkdirSync(join(blobs, 'staging'), { recursive: true });
  writing = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(writing, blobs);
  reading = openConnection(join(folder, 'lorebox.db'), { readonly: true, vectors: true });
  stores = openStores();
});
afterEach(() => {
  reading.raw.close();
  writing.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

function openStores() {
  const writer = createInlineWriter(writing, blobs);
  return {
    workspaces: createWorkspaceStore(reading, writer),
    documents: createDocumentStore(reading, writer),
    ingest: createIngestStore(reading, writer),
    threads: createThreadStore(reading, writer),
    answers: createAnswerStore(reading, writer),
  };
}

function workspace(id: string, slug = id): Workspace {
  return { id, slug, name: id, ...DEFAULT_WORKSPACE_SETTINGS, createdAt: AT, updatedAt: AT };
}

function textDocument(workspaceId: string, id: string, text: string, externalId: string | null = null): NewDocument {
  const about = { filename: `${id}.txt`, title: null, metadata: {}, sourceUrl: null };
  return { id, workspaceId, externalId, ...about, source: 'text', text };
}

function chunksOf(text: string, count = 1): NewChunk[] {
  const one = { page: null, times: null, section: null, start: 0, end: text.length, tokens: 3, text };
  const made = { hash: new Uint8Array(16).fill(text.length), vector: new Float32Array([1, 0, 0, 0]) };
  return Array.from({ length: count }, (_, ordinal) => ({ ...one, ordinal, ...made }));
}

async function claimIngest(): Promise<IngestJob> {
  const job = (await stores.ingest.claim(10, AT)).find(({ kind }) => kind === 'ingest');
  if (job?.kind !== 'ingest') throw new Error('nothing to ingest');
  return job;
}

/** From the queue to parsed: what the chunks of a document are appended to. */
async function begin(job: IngestJob) {
  const source = await stores.ingest.source(job);
  if (!source) throw new Error('the job has no source');
  const parsed = {
    text: null,
    blocks: null,
    title: 'A title',
    format: 'text',
    pages: null,
    duration: null,
    warnings: [],
  };
  await stores.ingest.saveParsed(source, parsed, AT);
  return source;
}

const append = (source: Awaited<ReturnType<typeof begin>>, chunks: NewChunk[]) =>
  stores.ingest.appendChunks(source, MODEL, chunks, { stage: 'embedded', done: 1, total: 1 }, AT);

async function ingest(text: string, count = 1): Promise<IngestJob> {
  const job = await claimIngest();
  const source = await begin(job);
  await append(source, chunksOf(text, count));
  await stores.ingest.publish(job, source, count, AT);
  return job;
}

/** Runs all purges that wait. */
async function purge(): Promise<void> {
  // Not AT: a workspace is removed at the time of the clock.
  for (const job of await stores.ingest.claim(100, new Date(Date.now() + 1000))) {
    while (!(await stores.ingest.purgeStep(job)));
    await stores.ingest.finish(job);
  }
}

const keyword = (query: string, workspaceId = 'ws_a') => searchKeywords(reading, query, { workspaceId }, 10);
const vector = (workspaceId = 'ws_a') =>
  new VectorSearch(reading, new ScanStore(reading, 0, null)).search(
    MODEL.modelId,
    new Float32Array([1, 0, 0, 0]),
    { workspaceId },
    10,
  );
const count = (table: string) => (reading.raw.prepare(`select count(*) n from "${table}"`).get() as { n: number }).n;

describe('lists', () => {
  it('go through all documents once while others come and go', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    const ids = Array.from({ length: 25 }, (_, i) => `doc_${String(i * 10).padStart(4, '0')}`);
    await stores.documents.add(
      ids.map((id) => textDocument('ws_a', id, id)),
      AT,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.documents.list({ workspaceId: 'ws_a', limit: 10, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      // Before the cursor, where nobody looks any more; and the row that the cursor names goes.
      await stores.documents.add([textDocument('ws_a', `doc_0001x${seen.length}`, `${seen.length}`)], AT);
      await stores.documents.remove('ws_a', [cursor ?? ''], AT);
    } while (cursor);
    expect(seen).toEqual(ids);
    const exact = await stores.documents.list({ workspaceId: 'ws_a', limit: 26 });
    expect(exact.items).toHaveLength(26);
    expect(exact.nextCursor).toBeNull();
  });

  it('keep workspaces apart and slugs unique, and free a slug at once', async () => {
    const slugs = [];
    for (const id of ['ws_a', 'ws_b', 'ws_c'])
      slugs.push((await stores.workspaces.create(workspace(id, 'demo'), null)).slug);
    expect(slugs).toEqual(['demo', 'demo-2', 'demo-3']);
    await stores.workspaces.remove('ws_a');
    expect(await stores.workspaces.find('demo', ALL)).toBeNull();
    expect((await stores.workspaces.create(workspace('ws_d', 'demo'), null)).slug).toBe('demo');
    expect((await stores.workspaces.find('demo', ALL))?.id).toBe('ws_d');
    expect(await stores.workspaces.find('ws_b', { memberId: null, workspaceId: 'ws_d' })).toBeNull();
    await expect(stores.documents.add([textDocument('ws_a', 'doc_1', 'x')], AT)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('revisions', () => {
  beforeEach(() => stores.workspaces.create(workspace('ws_a'), null));

  it('leave the old one searchable and readable until the new one is whole', async () => {
    await stores.documents.add([textDocument('ws_a', 'doc_1', 'the old heron', 'x')], AT);
    await ingest('the old heron');
    const [accepted] = await stores.documents.add([textDocument('ws_a', 'doc_2', 'the new badge', 'x')], AT);
    expect(accepted).toMatchObject({ id: 'doc_1', unchanged: false });
    const job = await claimIngest();
    const source = await begin(job);
    await append(source, chunksOf('the new badge'));
    expect(keyword('heron')).toHaveLength(1);
    expect(keyword('badge')).toHaveLength(0);
    expect(await vector()).toHaveLength(1);
    expect((await stores.documents.readText('doc_1', 0, 100))?.text).toBe('the old heron');

    await stores.ingest.publish(job, source, 1, AT);
    expect(keyword('heron')).toHaveLength(0);
    expect(keyword('badge')).toHaveLength(1);
    expect((await stores.documents.readText('doc_1', 0, 100))?.text).toBe('the new badge');
    await purge();
    expect([count('chunks'), count('fts_ws_a_docsize'), count('vectors_1'), count('texts')]).toEqual([1, 1, 1, 1]);
  });

  it('are not made for the same content', async () => {
    const add = () => stores.documents.add([textDocument('ws_a', 'doc_1', 'the same', 'x')], AT);
    await add();
    await ingest('the same');
    expect(await add()).toMatchObject([{ id: 'doc_1', status: 'ready', unchanged: true }]);
    expect(await stores.ingest.claim(10, AT)).toEqual([]);
  });
});

describe('what an overtaken job writes', () => {
  beforeEach(async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    await stores.documents.add([textDocument('ws_a', 'doc_1', 'heron', 'x')], AT);
  });

  const overtake = {
    cancelled: () => stores.documents.cancel('doc_1', AT),
    deleted: () => stores.documents.remove('ws_a', ['doc_1'], AT),
    replaced: () => stores.documents.add([textDocument('ws_a', 'doc_2', 'badge', 'x')], AT),
  };
  for (const [what, act] of Object.entries(overtake)) {
    it(`does not land once the document was ${what}`, async () => {
      const job = await claimIngest();
      const source = await begin(job);
      await act();
      const before = await stores.documents.get('doc_1');
      await append(source, chunksOf('heron'));
      await stores.ingest.publish(job, source, 1, AT);
      await stores.ingest.fail(job, 'damaged', 'too late', AT);
      expect(count('chunks')).toBe(0);
      expect(await stores.documents.get('doc_1')).toEqual(before);
      expect(await stores.ingest.source(job)).toBeNull();
      if (what === 'cancelled') expect(before).toMatchObject({ status: 'failed', reason: 'cancelled' });
      if (what === 'deleted') expect(before).toBeNull();
      if (what === 'replaced') expect(before).toMatchObject({ status: 'processing', stage: 'stored' });
    });
  }

  it('a cancelled document is ingested after a retry, a ready one is neither cancelled nor retried', async () => {
    await stores.documents.cancel('doc_1', AT);
    expect(await stores.ingest.claim(10, AT)).toEqual([]);
    expect(await stores.documents.retry('doc_1', AT)).toBe(true);
    await ingest('heron');
    expect(keyword('heron')).toHaveLength(1);
    expect(await stores.documents.cancel('doc_1', AT)).toBe(false);
    expect(await stores.documents.retry('doc_1', AT)).toBe(false);
  });
});

describe('purging', () => {
  function stagedFile(text: string) {
    const path = join(blobs, 'staging', randomUUID());
    writeFileSync(path, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { path, sha256, size: text.length, filename: 'a.txt', contentType: null };
  }

  async function upload(workspaceId: string, id: string, file: ReturnType<typeof stagedFile>): Promise<void> {
    const about = { externalId: null, filename: `${id}.txt`, title: null, metadata: {}, sourceUrl: null };
    await stores.documents.add([{ id, workspaceId, ...about, source: 'upload', file }], AT);
    await ingest('heron', 450);
  }

  it('removes rows, full text, vectors and, with its last document, the bytes', async () => {
    for (const id of ['ws_a', 'ws_b']) await stores.workspaces.create(workspace(id), null);
    const first = stagedFile('heron');
    await upload('ws_a', 'doc_1', first);
    await upload('ws_b', 'doc_2', stagedFile('heron'));
    expect(existsSync(first.path)).toBe(false);
    expect(count('blobs')).toBe(1);

    expect(await stores.documents.remove('ws_b', ['doc_1'], AT)).toBe(0);
    expect(await stores.documents.remove('ws_a', ['doc_1'], AT)).toBe(1);
    expect(keyword('heron')).toEqual([]);
    expect(await vector()).toEqual([]);
    await purge();
    const rows = ['documents', 'chunks', 'fts_ws_a_docsize', 'fts_ws_b_docsize', 'vectors_1', 'texts', 'blobs'];
    expect(rows.map(count)).toEqual([1, 450, 0, 450, 450, 0, 1]);
    expect(existsSync(blobPath(blobs, first.sha256))).toBe(true);

    await stores.workspaces.remove('ws_b');
    await purge();
    expect(['documents', 'chunks', 'vectors_1', 'ingest_events', 'blobs', 'jobs'].map(count)).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    expect(reading.raw.prepare("select name from sqlite_master where name like 'fts_ws_b%'").all()).toEqual([]);
    expect(existsSync(blobPath(blobs, first.sha256))).toBe(false);
    expect(await stores.workspaces.find('ws_b', ALL)).toBeNull();
  });
});

describe('the language of texts', () => {
  const GERMAN =
    'In den alten Häusern der Stadt wohnten früher die Fischer, und sie waren nicht reich, aber sie hatten ein Boot.';
  const ENGLISH =
    'In the old houses of the town there lived the fishermen, and they were not rich, but they had a boat.';
  const RUSSIAN = 'В старых домах города раньше жили рыбаки.';

  beforeEach(async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    for (const [i, text] of [GERMAN, ENGLISH, RUSSIAN].entries()) {
      await stores.documents.add([textDocument('ws_a', `doc_${i}`, text)], AT);
      await ingest(text);
    }
  });
  const languages = () =>
    writing.raw.prepare('select language, chunks from workspace_languages order by language').raw().all();

  it('is found out text by text, and each is found by other forms of its words', () => {
    expect(languages()).toEqual([
      ['de', 1],
      ['en', 2],
    ]);
    for (const query of ['Haus', 'house', 'старый дом', 'Hauses']) expect(keyword(query), query).toHaveLength(1);
  });

  it('of an index of the first versions is brought in by a job, while searches go on', async () => {
    const { raw } = writing;
    // As an older version left it: nothing counted, nothing stemmed but English.
    raw.exec('update workspaces set text_analyzer = null; delete from workspace_languages; drop table fts_ws_a');
    createTextTable(raw, 'fts_ws_a');
    for (const [i, text] of [GERMAN, ENGLISH, RUSSIAN].entries()) {
      const chunk = { key: i + 1, title: '', section: null, text };
      indexText(raw, { textTable: 'fts_ws_a', workspaceId: 'ws_a', analyzer: null }, chunk);
    }
    expect([keyword('Häusern').length, keyword('Haus').length]).toEqual([1, 0]);
    const writer = createInlineWriter(writing, blobs);
    expect(await writer.run('texts.follow', { at: AT })).toBe(1);
    expect(await writer.run('texts.follow', { at: AT })).toBe(0);
    const [job] = await stores.ingest.claim(10, AT);
    if (job?.kind !== 'reindex') throw new Error('no job');
    expect(await stores.ingest.purgeStep(job)).toBe(false);
    expect(keyword('Häusern')).toHaveLength(1);
    await stores.documents.add([textDocument('ws_a', 'doc_9', GERMAN.replace('Boot', 'Netz'))], AT);
    await ingest(GERMAN.replace('Boot', 'Netz'));
    await stores.documents.remove('ws_a', ['doc_1'], AT);
    await purge();
    while (!(await stores.ingest.purgeStep(job)));
    await stores.ingest.finish(job);
    expect([keyword('Haus').length, keyword('house').length, keyword('дом').length]).toEqual([2, 0, 1]);
    expect(count('fts_ws_a_docsize')).toBe(count('chunks'));
  });

  it('can be said for a workspace', async () => {
    await stores.workspaces.update('ws_a', { language: 'de', updatedAt: AT });
    const [job] = await stores.ingest.claim(10, AT);
    if (job?.kind !== 'reindex') throw new Error('no job');
    while (!(await stores.ingest.purgeStep(job)));
    await stores.ingest.finish(job);
    expect(keyword('Hauses')).toHaveLength(1);
    await stores.workspaces.update('ws_a', { language: 'auto', updatedAt: AT });
    await stores.workspaces.update('ws_a', { language: 'de', updatedAt: AT });
    expect(await stores.ingest.claim(10, AT)).toEqual([]);
  });
});

describe('jobs', () => {
  it('go round the workspaces: a flood in one does not hold up another', async () => {
    for (const id of ['ws_a', 'ws_b', 'ws_c']) await stores.workspaces.create(workspace(id), null);
    const add = (id: string, n: number) =>
      stores.documents.add(
        Array.from({ length: n }, (_, i) => textDocument(id, `doc_${id}${i}`, `${id} ${i}`)),
        AT,
      );
    await add('ws_a', 120);
    await add('ws_b', 3);
    await add('ws_c', 1);
    const spread = async (limit: number) => {
      const jobs = await stores.ingest.claim(limit, AT);
      return ['ws_a', 'ws_b', 'ws_c'].map((id) => jobs.filter(({ workspaceId }) => workspaceId === id).length);
    };
    expect(await spread(4)).toEqual([2, 1, 1]);
    expect(await spread(2)).toEqual([1, 1, 0]);
    expect(await spread(10)).toEqual([9, 1, 0]);
    const { queued, running } = await stores.documents.counts();
    expect([queued, running]).toEqual([108, 16]);
    expect(await stores.ingest.requeueRunning(AT)).toBe(16);
  });

  it('wait as long as they were postponed', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    await stores.documents.add([textDocument('ws_a', 'doc_1', 'x')], AT);
    await stores.ingest.postpone(await claimIngest(), new Date(AT.getTime() + 1000), 'why');
    expect(await stores.ingest.claim(1, AT)).toEqual([]);
    expect(await stores.ingest.claim(1, new Date(AT.getTime() + 1000))).toMatchObject([{ attempts: 1 }]);
  });
});

describe('answers', () => {
  it('that a stop cut end with an error after all that was stored; finished ones stay', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    const thread = {
      id: 'thr_1',
      workspaceId: 'ws_a',
      userId: null,
      keyId: null,
      title: 't',
      createdAt: AT,
      updatedAt: AT,
    };
    for (const n of [1, 2]) {
      const ids = { id: `ans_${n}`, questionId: `msg_q${n}`, messageId: `msg_r${n}` };
      const answer = { ...ids, workspaceId: 'ws_a', threadId: 'thr_1', state: 'running', startedAt: AT } as const;
      const question = { id: ids.questionId, text: 'Why?' };
      await stores.answers.begin({ answer, newThread: n === 1 ? thread : null, question, removeMessageId: null });
      await stores.answers.appendEvents(ids.id, [{ type: 'text-delta', answerId: ids.id, seq: 7, text: 'Because' }]);
    }
    const message = { text: 'Because.', reasoning: null, status: 'complete' as const, citations: [], error: null };
    await stores.answers.finish('ans_2', { events: [], state: 'done', message, at: AT });

    const error = { code: 'ANSWER_INTERRUPTED', message: 'cut' };
    expect(await stores.answers.failInterrupted(error, 100, AT)).toBe(1);
    expect(await stores.answers.failInterrupted(error, 100, AT)).toBe(0);
    expect(await stores.answers.eventsAfter('ans_1', 7)).toMatchObject([{ type: 'answer-error', seq: 107, ...error }]);
    expect((await stores.answers.get('ans_1'))?.state).toBe('failed');
    expect((await stores.answers.get('ans_2'))?.state).toBe('done');
    const { items } = await stores.threads.listMessages('thr_1', { limit: 10 });
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ['msg_q1', 'complete'],
      ['msg_q2', 'complete'],
      ['msg_r1', 'failed'],
      ['msg_r2', 'complete'],
    ]);
  });
});

describe('stored text', () => {
  it('reads the same across the borders of its parts, surrogate pairs included', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    const text = `${'a'.repeat(65_535)}😀${'ü'.repeat(65_534)}😀${'字'.repeat(70_000)}🎉end`;
    await stores.documents.add([textDocument('ws_a', 'doc_1', text)], AT);
    const all = await stores.documents.readText('doc_1', 0, Number.POSITIVE_INFINITY);
    expect(all?.length).toBe(text.length);
    expect(all?.text === text).toBe(true);
    for (const border of [65_535, 65_536, 131_071, 131_072, text.length - 5, text.length]) {
      for (const [start, end] of [
        [border - 4, border + 4],
        [border, border + 2],
        [border - 2, border],
        [border, border],
      ] as const) {
        expect((await stores.documents.readText('doc_1', start, end))?.text, `${start}-${end}`).toBe(
          text.slice(start, end),
        );
      }
    }
    expect((await stores.documents.readText('doc_1', text.length + 10, text.length + 20))?.text).toBe('');
  });
});

describe('a full disk', () => {
  it('is a typed error that undoes the write as a whole, and passes', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    await stores.documents.add([textDocument('ws_a', 'doc_1', 'heron')], AT);
    await ingest('heron');
    const pages = writing.raw.pragma('page_count', { simple: true }) as number;
    writing.raw.pragma(`max_page_count = ${pages + 4}`);
    const big = [textDocument('ws_a', 'doc_2', 'small'), textDocument('ws_a', 'doc_3', 'x'.repeat(500_000))];
    const failure = await stores.documents.add(big, AT).catch((error: AppError) => error);
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    expect(count('documents')).toBe(1);
    expect(keyword('heron')).toHaveLength(1);
    expect(writing.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    writing.raw.pragma('max_page_count = 1073741823');
    await stores.documents.add(big, AT);
    expect(count('documents')).toBe(3);
    expect(await stores.ingest.claim(10, AT)).toHaveLength(2);
  });
});

describe('the time left', () => {
  it('is known once some documents are through, and gone with the last', async () => {
    await stores.workspaces.create(workspace('ws_a'), null);
    const ids = Array.from({ length: 6 }, (_, i) => `doc_${i}`);
    await stores.documents.add(
      ids.map((id) => textDocument('ws_a', id, id)),
      AT,
    );
    expect(await stores.documents.summary('ws_a')).toEqual({ ready: 0, processing: 6, failed: 0 });
    const jobs = await stores.ingest.claim(10, AT);
    for (const [i, job] of jobs.entries()) {
      if (job.kind !== 'ingest') continue;
      const source = await begin(job);
      await append(source, chunksOf('x'));
      // Each took ten seconds, up to now.
      await stores.ingest.publish(job, source, 1, new Date(Date.now() - (5 - i) * 10_000));
      const { secondsLeft } = await stores.documents.summary('ws_a');
      if (i < 2 || i === 5) expect(secondsLeft).toBeUndefined();
      else expect(secondsLeft).toBeGreaterThan(0);
    }
  });
});
