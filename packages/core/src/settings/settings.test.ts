import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getEmbedding } from '../embeddings/get-embedding.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { getSettings } from './get-settings.ts';
import { updateSettings } from './update-settings.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore({ settings: { requestsPerMinutePerKey: 60 } });
});
afterEach(() => test.close());

it('both calls require their scope, and a key that is not bound', async () => {
  const manager = await test.addUser('manager', 'manager');
  const bound = test.keyActor(['*'], { workspaceId: 'ws_1' });
  for (const actor of [manager, bound]) {
    await expect(getSettings(test.core, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateSettings(test.core, actor, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

describe('the settings in effect', () => {
  it('are stored changes over the defaults', async () => {
    expect(await getSettings(test.core, test.admin)).toMatchObject({
      requestsPerMinutePerKey: 60,
      embedder: 'shipped',
    });
    const change = { requestsPerMinutePerKey: 5, allowedModels: ['test:small', 'test:large'] };
    expect(await updateSettings(test.core, test.admin, change)).toMatchObject(change);
    expect(await getSettings(test.core, test.admin)).toMatchObject({ ...change, eventRetentionDays: 30 });
    const details = { requestsPerMinutePerKey: 5, allowedModels: 'test:small test:large' };
    expect(await test.lastAudit()).toMatchObject({ action: 'settings.updated', details });
  });

  it('go back to the default with null', async () => {
    await updateSettings(test.core, test.admin, { requestsPerMinutePerKey: 5 });
    const reset = { requestsPerMinutePerKey: null };
    expect(await updateSettings(test.core, test.admin, reset)).toMatchObject({ requestsPerMinutePerKey: 60 });
  });

  it('keep both of two changes that are made at the same time', async () => {
    await Promise.all([
      updateSettings(test.core, test.admin, { eventRetentionDays: 1 }),
      updateSettings(test.core, test.admin, { auditRetentionDays: 2 }),
    ]);
    const expected = { eventRetentionDays: 1, auditRetentionDays: 2 };
    expect(await getSettings(test.core, test.admin)).toMatchObject(expected);
  });

  it('apply to the next call', async () => {
    await updateSettings(test.core, test.admin, { allowedModels: [] });
    const creation = createWorkspace(test.core, test.admin, { name: 'x', model: 'test:small' });
    await expect(creation).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('updateSettings', () => {
  it('re-embeds workspaces with the new default embedder', async () => {
    const workspace = await test.addWorkspace();
    await test.addWorkspace('own', { embedder: 'shipped' });
    await test.addText(workspace.id, 'The sky is blue.');
    await updateSettings(test.core, test.admin, { embedder: 'ollama:other' });
    await test.runIngest();
    expect(await getEmbedding(test.core, test.admin, 'demo')).toMatchObject({ modelId: 'other', next: null });
    expect(await getEmbedding(test.core, test.admin, 'own')).toMatchObject({ next: null });
  });

  it('downloads the new reranker', async () => {
    await updateSettings(test.core, test.admin, { reranker: 'test:small' });
    expect(test.rerankers.downloaded).toEqual(['test:small']);
  });

  it('rejects unknown embedders and rerankers', async () => {
    for (const change of [{ embedder: 'nobody' }, { reranker: 'nobody' }]) {
      await expect(updateSettings(test.core, test.admin, change)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });
});
