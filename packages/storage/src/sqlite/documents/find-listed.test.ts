import type { ListDocuments, NewDocument } from '@lorebox/ports/document-stores';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT, TestDatabase, textDocument, workspace } from '../testing/test-database.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = new TestDatabase();
  for (const id of ['ws_a', 'ws_b']) await database.stores.workspaces.create(workspace(id), null);
  await database.stores.documents.add(
    [
      document('doc_1', 'Tide tables', 'harbour/2025/tides.pdf', 'aaaa'),
      document('doc_2', 'annual Report', 'harbour/2026/report.pdf', 'a'),
      document('doc_3', 'Über den Leuchtturm', 'harbours/tower.txt', 'aaaaaa'),
      { ...textDocument('ws_a', 'doc_4', 'aa'), title: '灯台の歴史', metadata: { year: 2024 } },
    ],
    AT,
  );
  await database.stores.documents.add([{ ...textDocument('ws_b', 'doc_5', 'x'), title: 'Tide tables' }], AT);
});
afterEach(() => database.close());

function document(id: string, title: string, path: string, text: string): NewDocument {
  const filename = path.slice(path.lastIndexOf('/') + 1);
  return { ...textDocument('ws_a', id, text), filename, title, metadata: { path, year: 2025 } };
}

async function find(query: Partial<ListDocuments>): Promise<string> {
  const { items } = await database.stores.documents.list({ workspaceId: 'ws_a', limit: 10, ...query });
  return items.map(({ id }) => id.slice(4)).join('');
}

it('finds parts of titles, file names and paths, of any length and script', async () => {
  expect(await find({ query: 'TIDE' })).toBe('1');
  expect(await find({ query: 'eport 2026' })).toBe('2');
  expect(await find({ query: 'uber' })).toBe('3');
  expect(await find({ query: 'pdf' })).toBe('12');
  expect(await find({ query: '灯台の' })).toBe('4');
  expect(await find({ query: '灯台' })).toBe('4');
  expect(await find({ query: 'td' })).toBe('');
  expect(await find({ query: 'tower de' })).toBe('3');
  expect(await find({ query: '"*' })).toBe('');
  expect(await find({ query: ' ' })).toBe('1234');
});

it('forgets old names', async () => {
  await database.stores.documents.update('doc_1', { title: 'Currents' }, AT);
  expect([await find({ query: 'tables' }), await find({ query: 'currents' })]).toEqual(['', '1']);
  await database.stores.documents.update('doc_1', { metadata: { path: 'archive/old.pdf' } }, AT);
  expect([await find({ query: '2025' }), await find({ query: 'archive' })]).toEqual(['', '1']);
  await database.stores.documents.remove('ws_a', ['doc_1'], AT);
  await database.purge();
  expect(await find({ query: 'archive' })).toBe('');
  expect(database.count('document_names')).toBe(4);
});

it('filters by folder', async () => {
  expect(await find({ folder: 'harbour' })).toBe('12');
  expect(await find({ folder: 'harbour/2026/' })).toBe('2');
  expect(await find({ folder: 'harb' })).toBe('');
  expect(await database.stores.documents.listFolders('ws_a')).toEqual([
    { path: 'harbour', count: 2 },
    { path: 'harbour/2025', count: 1 },
    { path: 'harbour/2026', count: 1 },
    { path: 'harbours', count: 1 },
  ]);
});

it('sorts and pages in both directions', async () => {
  expect([await find({ sort: 'title' }), await find({ sort: 'title', order: 'desc' })]).toEqual(['2134', '4312']);
  expect([await find({ sort: 'size' }), await find({ sort: 'size', order: 'desc' })]).toEqual(['2413', '3142']);
  for (const sort of ['created', 'title', 'size', 'status'] as const) {
    for (const order of ['asc', 'desc'] as const) {
      const whole = await find({ sort, order, query: 'r' });
      let paged = '';
      for (let cursor: string | undefined; ; ) {
        const list = { workspaceId: 'ws_a', sort, order, query: 'r', limit: 1, cursor };
        const { items, nextCursor } = await database.stores.documents.list(list);
        paged += items.map(({ id }) => id.slice(4)).join('');
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      expect(paged, `${sort} ${order}`).toBe(whole);
    }
  }
  const lost = database.stores.documents.list({ workspaceId: 'ws_a', sort: 'title', cursor: 'doc_x', limit: 1 });
  await expect(lost).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('sorts by an index', () => {
  const plan = (order: string) =>
    JSON.stringify(
      database.reading.raw
        .prepare(`explain query plan select id from documents where workspace_id = 'a' order by ${order} limit 50`)
        .all(),
    );
  for (const order of ['lower("documents"."title"), id', 'size, id', 'status, id'])
    expect(plan(order), order).not.toContain('TEMP B-TREE');
});
