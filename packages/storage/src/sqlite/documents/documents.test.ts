import type { AppError } from '@lorebox/contract/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareValue } from '../statements.ts';
import { ALL, AT, chunksOf, TestDatabase, textDocument, workspace } from '../testing/test-database.ts';

let database: TestDatabase;
beforeEach(() => {
  database = new TestDatabase();
});
afterEach(() => database.close());

describe('lists', () => {
  it('return every document once while others are added and removed', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    const ids = Array.from({ length: 25 }, (_, i) => `doc_${String(i * 10).padStart(4, '0')}`);
    await database.stores.documents.add(
      ids.map((id) => textDocument('ws_a', id, id)),
      AT,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await database.stores.documents.list({ workspaceId: 'ws_a', limit: 10, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      // Add one before the cursor, and remove the row of the cursor.
      await database.stores.documents.add([textDocument('ws_a', `doc_0001x${seen.length}`, `${seen.length}`)], AT);
      await database.stores.documents.remove('ws_a', [cursor ?? ''], AT);
    } while (cursor);
    expect(seen).toEqual(ids);
    const exact = await database.stores.documents.list({ workspaceId: 'ws_a', limit: 26 });
    expect(exact.items).toHaveLength(26);
    expect(exact.nextCursor).toBeNull();
  });

  it('keep workspaces apart and slugs unique, and free a slug immediately', async () => {
    const slugs = [];
    for (const id of ['ws_a', 'ws_b', 'ws_c'])
      slugs.push((await database.stores.workspaces.create(workspace(id, 'demo'), null)).slug);
    expect(slugs).toEqual(['demo', 'demo-2', 'demo-3']);
    await database.stores.workspaces.remove('ws_a');
    expect(await database.stores.workspaces.find('demo', ALL)).toBeNull();
    expect((await database.stores.workspaces.create(workspace('ws_d', 'demo'), null)).slug).toBe('demo');
    expect((await database.stores.workspaces.find('demo', ALL))?.id).toBe('ws_d');
    expect(await database.stores.workspaces.find('ws_b', { memberId: null, workspaceId: 'ws_d' })).toBeNull();
    await expect(database.stores.documents.add([textDocument('ws_a', 'doc_1', 'x')], AT)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('revisions', () => {
  beforeEach(() => database.stores.workspaces.create(workspace('ws_a'), null));

  it('keep the old one searchable and readable until the new one is complete', async () => {
    await database.stores.documents.add([textDocument('ws_a', 'doc_1', 'the old heron', 'x')], AT);
    await database.ingest('the old heron');
    const [accepted] = await database.stores.documents.add([textDocument('ws_a', 'doc_2', 'the new badge', 'x')], AT);
    expect(accepted).toMatchObject({ id: 'doc_1', unchanged: false });
    const job = await database.claimIngest();
    const source = await database.begin(job);
    await database.append(source, chunksOf('the new badge'));
    expect(database.keyword('heron')).toHaveLength(1);
    expect(database.keyword('badge')).toHaveLength(0);
    expect(await database.vector()).toHaveLength(1);
    expect((await database.stores.documents.readText('doc_1', 0, 100))?.text).toBe('the old heron');

    await database.stores.ingest.publish(job, source, 1, AT);
    expect(database.keyword('heron')).toHaveLength(0);
    expect(database.keyword('badge')).toHaveLength(1);
    expect((await database.stores.documents.readText('doc_1', 0, 100))?.text).toBe('the new badge');
    await database.purge();
    expect([
      database.count('chunks'),
      database.count('fts_ws_a_docsize'),
      database.count('vectors_1'),
      database.count('texts'),
    ]).toEqual([1, 1, 1, 1]);
  });

  it('are not created for the same content', async () => {
    const add = () => database.stores.documents.add([textDocument('ws_a', 'doc_1', 'the same', 'x')], AT);
    await add();
    await database.ingest('the same');
    expect(await add()).toMatchObject([{ id: 'doc_1', status: 'ready', unchanged: true }]);
    expect(await database.stores.ingest.claim(10, AT)).toEqual([]);
  });
});

describe('stored text', () => {
  it('reads the same across part boundaries, including surrogate pairs', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    const text = `${'a'.repeat(65_535)}😀${'ü'.repeat(65_534)}😀${'字'.repeat(70_000)}🎉end`;
    await database.stores.documents.add([textDocument('ws_a', 'doc_1', text)], AT);
    const all = await database.stores.documents.readText('doc_1', 0, Number.POSITIVE_INFINITY);
    expect(all?.length).toBe(text.length);
    expect(all?.text === text).toBe(true);
    for (const border of [65_535, 65_536, 131_071, 131_072, text.length - 5, text.length]) {
      for (const [start, end] of [
        [border - 4, border + 4],
        [border, border + 2],
        [border - 2, border],
        [border, border],
      ] as const) {
        expect((await database.stores.documents.readText('doc_1', start, end))?.text, `${start}-${end}`).toBe(
          text.slice(start, end),
        );
      }
    }
    expect((await database.stores.documents.readText('doc_1', text.length + 10, text.length + 20))?.text).toBe('');
  });
});

describe('a full disk', () => {
  it('is a typed error, rolls back the whole write, and is temporary', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    await database.stores.documents.add([textDocument('ws_a', 'doc_1', 'heron')], AT);
    await database.ingest('heron');
    const pages = prepareValue<[], number>(database.writing.raw, 'pragma page_count').get() ?? 0;
    database.writing.raw.pragma(`max_page_count = ${pages + 4}`);
    const big = [textDocument('ws_a', 'doc_2', 'small'), textDocument('ws_a', 'doc_3', 'x'.repeat(500_000))];
    const failure = await database.stores.documents.add(big, AT).catch((error: AppError) => error);
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    expect(database.count('documents')).toBe(1);
    expect(database.keyword('heron')).toHaveLength(1);
    expect(database.writing.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    database.writing.raw.pragma('max_page_count = 1073741823');
    await database.stores.documents.add(big, AT);
    expect(database.count('documents')).toBe(3);
    expect(await database.stores.ingest.claim(10, AT)).toHaveLength(2);
  });
});

describe('the remaining time', () => {
  it('is known after a few documents, and null after the last', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    const ids = Array.from({ length: 6 }, (_, i) => `doc_${i}`);
    await database.stores.documents.add(
      ids.map((id) => textDocument('ws_a', id, id)),
      AT,
    );
    expect(await database.stores.documents.summary('ws_a')).toEqual({ ready: 0, processing: 6, failed: 0 });
    const jobs = await database.stores.ingest.claim(10, AT);
    for (const [i, job] of jobs.entries()) {
      if (job.kind !== 'ingest') continue;
      const source = await database.begin(job);
      await database.append(source, chunksOf('x'));
      // Each took ten seconds so far.
      await database.stores.ingest.publish(job, source, 1, new Date(Date.now() - (5 - i) * 10_000));
      const { secondsLeft } = await database.stores.documents.summary('ws_a');
      if (i < 2 || i === 5) expect(secondsLeft).toBeUndefined();
      else expect(secondsLeft).toBeGreaterThan(0);
    }
  });
});
