import { createHash, randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobPath } from '../blobs/blob-files.ts';
import { ALL, AT, chunksOf, TestDatabase, textDocument, workspace } from '../testing/test-database.ts';

let database: TestDatabase;
beforeEach(() => {
  database = new TestDatabase();
});
afterEach(() => database.close());

describe('writes of an outdated job', () => {
  beforeEach(async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    await database.stores.documents.add([textDocument('ws_a', 'doc_1', 'heron', 'x')], AT);
  });

  const overtake = {
    cancelled: () => database.stores.documents.cancel('doc_1', AT),
    deleted: () => database.stores.documents.remove('ws_a', ['doc_1'], AT),
    replaced: () => database.stores.documents.add([textDocument('ws_a', 'doc_2', 'badge', 'x')], AT),
  };
  for (const [what, act] of Object.entries(overtake)) {
    it(`are ignored after the document was ${what}`, async () => {
      const job = await database.claimIngest();
      const source = await database.begin(job);
      await act();
      const before = await database.stores.documents.get('doc_1');
      await database.append(source, chunksOf('heron'));
      await database.stores.ingest.publish(job, source, 1, AT);
      await database.stores.ingest.fail(job, 'damaged', 'too late', AT);
      expect(database.count('chunks')).toBe(0);
      expect(await database.stores.documents.get('doc_1')).toEqual(before);
      expect(await database.stores.ingest.source(job)).toBeNull();
      if (what === 'cancelled') expect(before).toMatchObject({ status: 'failed', reason: 'cancelled' });
      if (what === 'deleted') expect(before).toBeNull();
      if (what === 'replaced') expect(before).toMatchObject({ status: 'processing', stage: 'stored' });
    });
  }

  it('a cancelled document is ingested after a retry, and a ready one can be neither cancelled nor retried', async () => {
    await database.stores.documents.cancel('doc_1', AT);
    expect(await database.stores.ingest.claim(10, AT)).toEqual([]);
    expect(await database.stores.documents.retry('doc_1', AT)).toBe(true);
    await database.ingest('heron');
    expect(database.keyword('heron')).toHaveLength(1);
    expect(await database.stores.documents.cancel('doc_1', AT)).toBe(false);
    expect(await database.stores.documents.retry('doc_1', AT)).toBe(false);
  });
});

describe('purging', () => {
  function stagedFile(text: string) {
    const path = join(database.blobs, 'staging', randomUUID());
    writeFileSync(path, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { path, sha256, size: text.length, filename: 'a.txt', contentType: null };
  }

  async function upload(workspaceId: string, id: string, file: ReturnType<typeof stagedFile>): Promise<void> {
    const about = { externalId: null, filename: `${id}.txt`, title: null, metadata: {}, sourceUrl: null };
    await database.stores.documents.add([{ id, workspaceId, ...about, source: 'upload', file }], AT);
    await database.ingest('heron', 450);
  }

  it('removes rows, full text, vectors and, with the last document, the bytes', async () => {
    for (const id of ['ws_a', 'ws_b']) await database.stores.workspaces.create(workspace(id), null);
    const first = stagedFile('heron');
    await upload('ws_a', 'doc_1', first);
    await upload('ws_b', 'doc_2', stagedFile('heron'));
    expect(existsSync(first.path)).toBe(false);
    expect(database.count('blobs')).toBe(1);

    expect(await database.stores.documents.remove('ws_b', ['doc_1'], AT)).toBe(0);
    expect(await database.stores.documents.remove('ws_a', ['doc_1'], AT)).toBe(1);
    expect(database.keyword('heron')).toEqual([]);
    expect(await database.vector()).toEqual([]);
    await database.purge();
    const rows = ['documents', 'chunks', 'fts_ws_a_docsize', 'fts_ws_b_docsize', 'vectors_1', 'texts', 'blobs'];
    expect(rows.map((table) => database.count(table))).toEqual([1, 450, 0, 450, 450, 0, 1]);
    expect(existsSync(blobPath(database.blobs, first.sha256))).toBe(true);

    await database.stores.workspaces.remove('ws_b');
    await database.purge();
    expect(
      ['documents', 'chunks', 'vectors_1', 'ingest_events', 'blobs', 'jobs'].map((table) => database.count(table)),
    ).toEqual([0, 0, 0, 0, 0, 0]);
    expect(database.reading.raw.prepare("select name from sqlite_master where name like 'fts_ws_b%'").all()).toEqual(
      [],
    );
    expect(existsSync(blobPath(database.blobs, first.sha256))).toBe(false);
    expect(await database.stores.workspaces.find('ws_b', ALL)).toBeNull();
  });
});

describe('jobs', () => {
  it('alternate between workspaces, so that a flood in one does not block another', async () => {
    for (const id of ['ws_a', 'ws_b', 'ws_c']) await database.stores.workspaces.create(workspace(id), null);
    const add = (id: string, n: number) =>
      database.stores.documents.add(
        Array.from({ length: n }, (_, i) => textDocument(id, `doc_${id}${i}`, `${id} ${i}`)),
        AT,
      );
    await add('ws_a', 120);
    await add('ws_b', 3);
    await add('ws_c', 1);
    const spread = async (limit: number) => {
      const jobs = await database.stores.ingest.claim(limit, AT);
      return ['ws_a', 'ws_b', 'ws_c'].map((id) => jobs.filter(({ workspaceId }) => workspaceId === id).length);
    };
    expect(await spread(4)).toEqual([2, 1, 1]);
    expect(await spread(2)).toEqual([1, 1, 0]);
    expect(await spread(10)).toEqual([9, 1, 0]);
    const { queued, running } = await database.stores.documents.counts();
    expect([queued, running]).toEqual([108, 16]);
    expect(await database.stores.ingest.requeueRunning(AT)).toBe(16);
  });

  it('wait until their postponed time', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    await database.stores.documents.add([textDocument('ws_a', 'doc_1', 'x')], AT);
    await database.stores.ingest.postpone(await database.claimIngest(), new Date(AT.getTime() + 1000), 'why');
    expect(await database.stores.ingest.claim(1, AT)).toEqual([]);
    expect(await database.stores.ingest.claim(1, new Date(AT.getTime() + 1000))).toMatchObject([{ attempts: 1 }]);
  });
});
