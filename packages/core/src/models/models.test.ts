import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseModel } from './choose-model.ts';
import { embedTexts } from './embed-texts.ts';
import { listModels } from './list-models.ts';
import { pullModel } from './pull-model.ts';
import { requireAllowed } from './require-allowed.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore({ settings: { allowedModels: ['test:*'], defaultModel: 'remote:chosen' } });
});
afterEach(() => test.close());

describe('listModels', () => {
  it('shows addresses of providers to admins only', async () => {
    const messageFor = async (actor: typeof test.admin) => (await listModels(test.core, actor)).providers[0]?.message;
    expect(await messageFor(test.admin)).toContain('10.0.0.5');
    expect(await messageFor(await test.addUser('member'))).not.toContain('10.0.0.5');
  });

  it('requires models:read', async () => {
    const key = test.keyActor(['chat']);
    await expect(listModels(test.core, key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('pullModel', () => {
  it('reports progress, and is recorded', async () => {
    const progress = pullModel(test.core, test.admin, 'small');
    expect((await progress.next()).value).toMatchObject({ status: 'success' });
    expect(test.model.pulled).toEqual(['small']);
    expect(await test.lastAudit()).toMatchObject({ action: 'model.pulled', details: { model: 'small' } });
  });

  it('requires models:write, an unbound key, and an allowed model', async () => {
    const manager = await test.addUser('manager', 'manager');
    const bound = test.keyActor(['*'], { workspaceId: 'ws_1' });
    for (const [actor, id] of [
      [manager, 'small'],
      [bound, 'small'],
      [test.admin, 'remote:other'],
    ] as const) {
      await expect(pullModel(test.core, actor, id).next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(test.model.pulled).toEqual([]);
  });
});

describe('embedTexts', () => {
  it('returns one vector per text, from the default embedder', async () => {
    const { modelId, vectors, tokens } = await embedTexts(test.core, test.admin, ['one two', 'three']);
    expect([modelId, vectors.length, tokens]).toEqual(['test-embedder', 2, 3]);
    expect(Math.hypot(...(vectors[0] ?? []))).toBeCloseTo(1);
  });

  it('requires models:read', async () => {
    const key = test.keyActor(['chat']);
    await expect(embedTexts(test.core, key, ['x'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('chooseModel', () => {
  const workspace = { model: null, lockModel: false, localOnly: false };

  it('allows the models on the list, and the default of the installation', async () => {
    expect(await chooseModel(test.core, workspace, 'small')).toMatchObject({ id: 'test:small' });
    await requireAllowed(test.core, 'model', 'remote:chosen');
    await requireAllowed(test.core, 'model', null);
    await expect(chooseModel(test.core, workspace, 'remote:other')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('keeps a local-only workspace away from remote models', async () => {
    const local = { ...workspace, localOnly: true };
    expect(await chooseModel(test.core, local, 'small')).toMatchObject({ id: 'test:small' });
    await expect(chooseModel(test.core, local, 'remote:chosen')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
