import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyModelServer, getModelServer, setModelServer } from './model-server.ts';
import { testModel } from './test-model.ts';

const url = 'https://models.example/v1';
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

describe('the model server', () => {
  it('is used at once, and again after a restart', async () => {
    const server = await setModelServer(test.core, test.admin, { url: `${url}/`, apiKey: 'sk-secret' });
    expect(server).toEqual({ url, hasApiKey: true, isFromEnvironment: false });
    expect(test.model.currentServer).toEqual({ url, apiKey: 'sk-secret' });
    expect(await test.stores.settings.get('model-server')).not.toContain('"sk-secret"');
    expect(await test.lastAudit()).toMatchObject({
      action: 'model-server.updated',
      details: { url: 'https://models.example', hasApiKey: true },
    });
    test.model.currentServer = null;
    await applyModelServer(test.core);
    expect(test.model.currentServer).toEqual({ url, apiKey: 'sk-secret' });
    await setModelServer(test.core, test.admin, { url: null });
    expect(test.model.currentServer).toBeNull();
    expect(await getModelServer(test.core, test.admin)).toEqual({
      url: null,
      hasApiKey: false,
      isFromEnvironment: false,
    });
  });

  it('keeps its key only for the same URL', async () => {
    await setModelServer(test.core, test.admin, { url, apiKey: 'sk-secret' });
    expect(await setModelServer(test.core, test.admin, { url })).toMatchObject({ hasApiKey: true });
    const moved = 'https://other.example/v1';
    await expect(setModelServer(test.core, test.admin, { url: moved })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await setModelServer(test.core, test.admin, { url: moved, apiKey: null })).toMatchObject({
      hasApiKey: false,
    });
  });

  it('must have an allowed address and be set by an admin', async () => {
    const refused = setModelServer(test.core, test.admin, { url: 'http://refused.example/v1' });
    await expect(refused).rejects.toMatchObject({ code: 'URL_REFUSED' });
    const manager = await test.addUser('manager', 'manager');
    for (const actor of [manager, test.keyActor(['*'], { workspaceId: 'ws_1' })]) {
      await expect(setModelServer(test.core, actor, { url })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(getModelServer(test.core, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(testModel(test.core, actor, 'test:small')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('testModel', () => {
  it('reports the answer and how long it took', async () => {
    test.model.reply = 'I am ready.';
    const result = await testModel(test.core, test.admin, 'test:small');
    expect(result).toMatchObject({ ok: true, answer: 'I am ready.', problem: null });
    expect(result.totalMs).toBeGreaterThanOrEqual(result.firstTokenMs ?? Number.NaN);
    expect(test.model.calls[0]).toMatchObject({ maxOutputTokens: 32 });
  });

  it('reports what is wrong', async () => {
    expect(await testModel(test.core, test.admin, 'test:missing')).toMatchObject({
      ok: false,
      firstTokenMs: null,
      problem: 'Model "test:missing" not found.',
    });
    test.model.reply = async function* () {
      yield 'I';
      throw new Error('out of memory');
    };
    expect(await testModel(test.core, test.admin, 'test:small')).toMatchObject({ ok: false, problem: /out of memory/ });
    test.model.reply = async function* () {
      yield 'I';
      await new Promise(() => {});
    };
    const late = new AbortController();
    const waiting = testModel(test.core, test.admin, 'test:small', late.signal);
    late.abort();
    expect(await waiting).toMatchObject({ ok: false, problem: /did not answer within 60 seconds/ });
  });
});
