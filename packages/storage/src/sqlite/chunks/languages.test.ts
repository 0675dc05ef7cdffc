import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT, TestDatabase, textDocument, workspace } from '../testing/test-database.ts';
import { createTextTable, indexText } from './text-index.ts';

let database: TestDatabase;
beforeEach(() => {
  database = new TestDatabase();
});
afterEach(() => database.close());

describe('the language of texts', () => {
  const GERMAN =
    'In den alten Häusern der Stadt wohnten früher die Fischer, und sie waren nicht reich, aber sie hatten ein Boot.';
  const ENGLISH =
    'In the old houses of the town there lived the fishermen, and they were not rich, but they had a boat.';
  const RUSSIAN = 'В старых домах города раньше жили рыбаки.';

  beforeEach(async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    for (const [i, text] of [GERMAN, ENGLISH, RUSSIAN].entries()) {
      await database.stores.documents.add([textDocument('ws_a', `doc_${i}`, text)], AT);
      await database.ingest(text);
    }
  });
  const languages = () =>
    database.writing.raw.prepare('select language, chunks from workspace_languages order by language').raw().all();

  it('is detected per text, and each text is found by other word forms', () => {
    expect(languages()).toEqual([
      ['de', 1],
      ['en', 2],
    ]);
    for (const query of ['Haus', 'house', 'старый дом', 'Hauses'])
      expect(database.keyword(query), query).toHaveLength(1);
  });

  it('is added to an old index by a job while searches continue', async () => {
    const { raw } = database.writing;
    // State left by an older version: no language counts, only English stemming.
    raw.exec('update workspaces set text_analyzer = null; delete from workspace_languages; drop table fts_ws_a');
    createTextTable(raw, 'fts_ws_a');
    for (const [i, text] of [GERMAN, ENGLISH, RUSSIAN].entries()) {
      const chunk = { key: i + 1, title: '', section: null, text };
      indexText(raw, { textTable: 'fts_ws_a', workspaceId: 'ws_a', analyzer: null }, chunk);
    }
    expect([database.keyword('Häusern').length, database.keyword('Haus').length]).toEqual([1, 0]);
    expect(await database.writer.run('workspaces.reindexOutdated', { at: AT })).toBe(1);
    expect(await database.writer.run('workspaces.reindexOutdated', { at: AT })).toBe(0);
    const [job] = await database.stores.ingest.claim(10, AT);
    if (job?.kind !== 'reindex') throw new Error('no job');
    expect(await database.stores.ingest.purgeStep(job)).toBe(false);
    expect(database.keyword('Häusern')).toHaveLength(1);
    await database.stores.documents.add([textDocument('ws_a', 'doc_9', GERMAN.replace('Boot', 'Netz'))], AT);
    await database.ingest(GERMAN.replace('Boot', 'Netz'));
    await database.stores.documents.remove('ws_a', ['doc_1'], AT);
    await database.purge();
    while (!(await database.stores.ingest.purgeStep(job)));
    await database.stores.ingest.finish(job);
    expect([database.keyword('Haus').length, database.keyword('house').length, database.keyword('дом').length]).toEqual(
      [2, 0, 1],
    );
    expect(database.count('fts_ws_a_docsize')).toBe(database.count('chunks'));
  });

  it('can be set for a workspace', async () => {
    await database.stores.workspaces.update('ws_a', { language: 'de', updatedAt: AT });
    const [job] = await database.stores.ingest.claim(10, AT);
    if (job?.kind !== 'reindex') throw new Error('no job');
    while (!(await database.stores.ingest.purgeStep(job)));
    await database.stores.ingest.finish(job);
    expect(database.keyword('Hauses')).toHaveLength(1);
    await database.stores.workspaces.update('ws_a', { language: 'auto', updatedAt: AT });
    await database.stores.workspaces.update('ws_a', { language: 'de', updatedAt: AT });
    expect(await database.stores.ingest.claim(10, AT)).toEqual([]);
  });
});
