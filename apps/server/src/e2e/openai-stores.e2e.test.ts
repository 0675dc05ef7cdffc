import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'a long enough passphrase';
const POLL = { pollIntervalMs: 100 };

let server: LoreboxProcess;
let admin: Lorebox;
let openai: OpenAI;

beforeAll(async () => {
  server = await startLorebox();
  admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  openai = clientOf(server.apiKey);
});
afterAll(() => server.dispose());

function clientOf(apiKey: string, headers: Record<string, string> = {}): OpenAI {
  return new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey, maxRetries: 0, defaultHeaders: headers });
}

const textFile = (text: string, name: string) => toFile(Buffer.from(text), name, { type: 'text/plain' });

describe('files without a workspace', () => {
  it('go to the caller\'s "Files" workspace and can be attached to stores', async () => {
    expect((await openai.files.list()).data).toEqual([]);
    const [a, b] = [await openai.vectorStores.create({ name: 'A' }), await openai.vectorStores.create({ name: 'B' })];
    const text = 'The lighthouse at Cape Varn is 31 meters tall.';
    const attached = await openai.vectorStores.files.uploadAndPoll(a.id, await textFile(text, 'varn.txt'), POLL);
    expect(attached).toMatchObject({ status: 'completed', vector_store_id: a.id, last_error: null });
    const file = await openai.files.retrieve(attached.id);
    expect(file).toMatchObject({ id: attached.id, filename: 'varn.txt', bytes: text.length });
    expect((await openai.files.list()).data.map(({ id }) => id)).toEqual([file.id]);

    await openai.vectorStores.files.createAndPoll(b.id, { file_id: file.id, attributes: { kind: 'tower' } }, POLL);
    expect((await openai.vectorStores.files.retrieve(file.id, { vector_store_id: b.id })).attributes).toEqual({
      kind: 'tower',
    });
    const found = await openai.vectorStores.search(b.id, { query: 'How tall is the lighthouse?' });
    expect(found.data[0]).toMatchObject({ file_id: file.id, filename: 'varn.txt', attributes: { kind: 'tower' } });
    const renamed = { vector_store_id: b.id, attributes: { kind: 'lighthouse' } };
    expect((await openai.vectorStores.files.update(file.id, renamed)).attributes).toEqual({ kind: 'lighthouse' });
    const again = await openai.vectorStores.files.create(b.id, { file_id: file.id });
    expect([again.id, (await openai.vectorStores.retrieve(b.id)).file_counts.total]).toEqual([file.id, 1]);

    const gone = await openai.vectorStores.files.delete(file.id, { vector_store_id: a.id });
    expect(gone).toEqual({ id: file.id, object: 'vector_store.file.deleted', deleted: true });
    expect((await openai.vectorStores.files.list(a.id)).data).toEqual([]);
    expect((await openai.vectorStores.files.list(b.id)).data.map(({ id }) => id)).toEqual([file.id]);
    expect((await openai.files.retrieve(file.id)).id).toBe(file.id);
    await expect(openai.vectorStores.files.retrieve(file.id, { vector_store_id: a.id })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('require permission to create workspaces, or a header', async () => {
    const { id: userId } = await admin.users.create({ username: 'mia', password: PASSWORD });
    const { id } = await openai.vectorStores.create({ name: 'Shared' });
    await admin.workspaces.setMember(id, userId, 'editor');
    const { sessionToken } = await admin.auth.login({ username: 'mia', password: PASSWORD });
    const create = async (headers = {}) =>
      clientOf(sessionToken, headers).files.create({ file: await textFile('Tea.', 't.txt'), purpose: 'user_data' });
    await expect(create()).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('X-Lorebox-Workspace'),
    });
    expect(await create({ 'x-lorebox-workspace': id })).toMatchObject({ filename: 't.txt' });
  });

  it('share one workspace when many are uploaded concurrently', async () => {
    const { id: userId } = await admin.users.create({ username: 'max', password: PASSWORD, role: 'manager' });
    expect(userId).toMatch(/^usr_/);
    const { sessionToken } = await admin.auth.login({ username: 'max', password: PASSWORD });
    const max = clientOf(sessionToken);
    const names = ['1.txt', '2.txt', '3.txt'];
    await Promise.all(
      names.map(async (name) => max.files.create({ file: await textFile(name, name), purpose: 'user_data' })),
    );
    expect((await max.files.list()).data.map(({ filename }) => filename).sort()).toEqual(names);
  });
});

describe('file content', () => {
  it("is returned as uploaded, as a download that browsers don't execute", async () => {
    const html = '<script>alert(1)</script>';
    const file = await toFile(Buffer.from(html), 'page.html', { type: 'text/html' });
    const { id } = await openai.files.create({ file, purpose: 'user_data' });
    const response = await openai.files.content(id);
    expect(await response.text()).toBe(html);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const part = await openai.files.content(id, { headers: { range: 'bytes=1-6' } });
    expect([part.status, await part.text()]).toEqual([206, 'script']);
    const outside = openai.files.content(id, { headers: { range: 'bytes=900-' } });
    await expect(outside).rejects.toMatchObject({ status: 416, type: 'invalid_request_error' });
  });
});

describe('vector stores', () => {
  it('accept files on creation and can be renamed', async () => {
    const file = await openai.files.create({
      file: await textFile('The heron is gray.', 'h.txt'),
      purpose: 'user_data',
    });
    const store = await openai.vectorStores.create({
      name: 'Birds',
      file_ids: [file.id],
      expires_after: null as never,
    });
    expect(store.file_counts.total).toBe(1);
    expect((await openai.vectorStores.update(store.id, { name: 'Waders' })).name).toBe('Waders');
    expect((await openai.vectorStores.update(store.id, { name: null })).name).toBe('Waders');
    const before = (await openai.vectorStores.list({ limit: 100 })).data.length;
    const missing = { status: 404, param: 'file_id' };
    await expect(openai.vectorStores.create({ name: 'None', file_ids: ['doc_none'] })).rejects.toMatchObject(missing);
    expect((await openai.vectorStores.list({ limit: 100 })).data).toHaveLength(before);
    const expires_after = { anchor: 'last_active_at' as const, days: 1 };
    await expect(openai.vectorStores.update(store.id, { expires_after })).rejects.toMatchObject({ status: 400 });
  });

  it('accept file batches that are visible to other servers and after a restart', async () => {
    const store = await openai.vectorStores.create({ name: 'Batch' });
    const files = await Promise.all([1, 2, 3].map((n) => textFile(`Page ${n} is about herons.`, `${n}.txt`)));
    const done = await openai.vectorStores.fileBatches.uploadAndPoll(store.id, { files }, POLL);
    expect(done).toMatchObject({ status: 'completed', file_counts: { completed: 3, total: 3, failed: 0 } });
    const place = { vector_store_id: store.id };
    const ids: string[] = [];
    for await (const { id } of openai.vectorStores.fileBatches.listFiles(done.id, { ...place, limit: 2 })) ids.push(id);
    const inStore: string[] = [];
    for await (const { id } of openai.vectorStores.files.list(store.id, { limit: 1 })) inStore.push(id);
    expect([ids.length, inStore.sort()]).toEqual([3, [...ids].sort()]);
    await Promise.all(ids.map(async (id) => expect((await openai.files.retrieve(id)).id).toBe(id)));

    // Files uploaded directly to the store are members as well.
    const inside = clientOf(server.apiKey, { 'x-lorebox-workspace': store.id });
    const own = await inside.files.create({ file: await textFile('Own page.', 'own.txt'), purpose: 'assistants' });
    const both = { file_ids: [own.id, ids[0] ?? ''] };
    const second = await openai.vectorStores.fileBatches.createAndPoll(store.id, both, POLL);
    expect(second.file_counts.total).toBe(2);
    expect((await openai.vectorStores.retrieve(store.id)).file_counts.total).toBe(4);

    const { dataDir } = server;
    await server.stop();
    server = await startLorebox({ dataDir });
    openai = clientOf(server.apiKey);
    admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
    expect(await openai.vectorStores.fileBatches.retrieve(done.id, place)).toEqual(done);
    const cancelled = await openai.vectorStores.fileBatches.cancel(done.id, place);
    expect([cancelled.status, cancelled.file_counts.completed]).toEqual(['cancelled', 3]);
    const elsewhere = { vector_store_id: (await openai.vectorStores.create({ name: 'Else' })).id };
    const missing = openai.vectorStores.fileBatches.retrieve(done.id, elsewhere);
    await expect(missing).rejects.toMatchObject({ status: 404 });
    const unknown = openai.vectorStores.fileBatches.create(store.id, { file_ids: [own.id, 'doc_none'] });
    await expect(unknown).rejects.toMatchObject({ status: 404, param: 'file_id' });
  });

  it('of other users return not found for every operation', async () => {
    const { id } = await openai.vectorStores.create({ name: 'Foreign' });
    const inside = clientOf(server.apiKey, { 'x-lorebox-workspace': id });
    const file = await inside.files.create({ file: await textFile('Secret.', 's.txt'), purpose: 'assistants' });
    const batch = await openai.vectorStores.fileBatches.create(id, { file_ids: [file.id] });
    const { id: own } = await openai.vectorStores.create({ name: 'Own' });
    const { key } = await admin.apiKeys.create({ name: 'bound', workspaceId: own, scopes: ['*'] });
    const reading = await admin.apiKeys.create({ name: 'reads', scopes: ['documents:read', 'workspaces:read'] });
    const calls: [string, string, object?][] = [
      ['GET', `/files/${file.id}/content`],
      ['POST', `/vector_stores/${id}`, { name: 'Mine' }],
      ['DELETE', `/vector_stores/${id}/files/${file.id}`],
      ['POST', `/vector_stores/${id}/files/${file.id}`, { attributes: {} }],
      ['POST', `/vector_stores/${id}/files`, { file_id: file.id }],
      ['POST', `/vector_stores/${own}/files`, { file_id: file.id }],
      ['POST', `/vector_stores/${id}/file_batches`, { file_ids: [file.id] }],
      ['POST', `/vector_stores/${own}/file_batches`, { file_ids: [file.id] }],
      ['GET', `/vector_stores/${id}/file_batches/${batch.id}`],
      ['GET', `/vector_stores/${id}/file_batches/${batch.id}/files`],
      ['POST', `/vector_stores/${id}/file_batches/${batch.id}/cancel`],
      ['POST', '/responses', { model: 'workspace:foreign', input: 'What?' }],
    ];
    const statusOf = async (apiKey: string, [method, path, body]: (typeof calls)[number]) => {
      const response = await fetch(`${server.url}/openai/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return response.status;
    };
    for (const call of calls) {
      expect(await statusOf('lbx_wrong', call), `no key: ${call[0]} ${call[1]}`).toBe(401);
      expect(await statusOf(key, call), `bound: ${call[0]} ${call[1]}`).toBe(404);
      const isRead = call[0] === 'GET';
      expect(await statusOf(reading.key, call), `reads: ${call[0]} ${call[1]}`).toBe(isRead ? 200 : 403);
    }
  });
});
