import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let lorebox: Lorebox;
let documentId: string;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_FETCH_ALLOW: 'localhost:*' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
  const { documents } = await lorebox.documents.importTexts('demo', [
    { externalId: 'a', title: 'Capes', text: 'The lighthouse is 31 meters tall.', metadata: { coast: 'north' } },
    { externalId: 'b', title: 'Tides', text: 'The tide turns twice a day.' },
  ]);
  const ids = documents.map(({ id }) => id);
  await lorebox.documents.waitUntilReady(ids);
  documentId = ids[0] ?? '';
});
afterAll(() => server.dispose());

async function call(method: string, path: string, body?: object) {
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: text === '' ? null : JSON.parse(text) };
}

describe('a resource', () => {
  it('is read, updated and deleted by its ID', async () => {
    expect((await call('GET', `/documents/${documentId}`)).json).toMatchObject({ title: 'Capes' });
    const changes = { title: 'Capes and lights', metadata: { coast: 'south' } };
    expect((await call('PATCH', `/documents/${documentId}`, changes)).json).toMatchObject(changes);
    const search = { workspace: 'demo', query: 'lighthouse' };
    expect((await lorebox.search({ ...search, metadata: { coast: 'south' } })).hits).toMatchObject([
      { documentId, title: 'Capes and lights' },
    ]);
    expect((await lorebox.search({ ...search, metadata: { coast: 'north' } })).hits).toEqual([]);

    const { documents } = await lorebox.documents.importTexts('demo', [{ text: 'For a moment.' }]);
    const deleted = await call('DELETE', `/documents/${documents[0]?.id}`);
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await call('GET', `/documents/${documents[0]?.id}`)).status).toBe(404);
  });

  it('is found by its ID: threads, messages, answers, users, members, test questions, deliveries', async () => {
    const { answerId, threadId, questionId } = await lorebox.ask({ workspace: 'demo', question: 'How tall?' }).started;
    for await (const _ of lorebox.watch(answerId));
    expect((await call('GET', `/answers/${answerId}`)).json).toMatchObject({ state: 'done', threadId, questionId });
    expect((await call('GET', `/threads/${threadId}`)).json).toMatchObject({ title: 'How tall?' });
    expect((await call('GET', `/threads/${threadId}`)).json).not.toHaveProperty('userId');
    expect((await call('GET', `/messages/${questionId}`)).json).toMatchObject({ text: 'How tall?', role: 'user' });
    const renamed = (await call('PATCH', `/threads/${threadId}`, { title: 'Heights' })).json;
    expect(renamed).toMatchObject({ id: threadId, title: 'Heights' });

    const { id } = await lorebox.users.create({ username: 'ada', password: 'correct horse' });
    const user = (await call('GET', `/users/${id}`)).json;
    expect(user).toMatchObject({ username: 'ada' });
    expect(user).not.toHaveProperty('passwordHash');
    expect((await lorebox.users.list({ role: 'member' })).items.map(({ username }) => username)).toEqual(['ada']);
    const member = { userId: id, username: 'ada', role: 'editor' };
    expect((await call('PUT', `/workspaces/demo/members/${id}`, {})).json).toMatchObject(member);
    expect((await call('GET', `/workspaces/demo/members/${id}`)).json).toMatchObject(member);
    expect((await call('DELETE', `/workspaces/demo/members/${id}`)).status).toBe(204);
    expect((await call('GET', `/workspaces/demo/members/${id}`)).status).toBe(404);

    await lorebox.evals.addQuestions('demo', [{ question: 'How tall is it?' }]);
    const [question] = (await lorebox.evals.listQuestions('demo')).items;
    expect((await call('GET', `/golden-questions/${question?.id}`)).json).toMatchObject({
      question: 'How tall is it?',
    });
  });

  it('rotates its secret at /rotate', async () => {
    const key = await lorebox.apiKeys.create({ name: 'old', scopes: ['chat'] });
    expect((await call('POST', `/api-keys/${key.id}/rotate`, {})).json.key).not.toBe(key.key);
    const { id, secret } = await lorebox.webhooks.create({ url: 'http://localhost:9/' });
    const rotated = (await call('POST', `/webhooks/${id}/rotate`)).json.secret;
    expect(rotated).toMatch(/^whsec_/);
    expect(rotated).not.toBe(secret);
  });
});

describe('a list', () => {
  it('is sorted in the requested order', async () => {
    const titles = async (order: 'asc' | 'desc') =>
      (await lorebox.documents.list('demo', { order, limit: 1 }).toArray()).map(({ externalId }) => externalId);
    expect(await titles('asc')).toEqual(['a', 'b']);
    expect(await titles('desc')).toEqual(['b', 'a']);
  });

  it('rejects invalid cursors', async () => {
    for (const path of ['/workspaces', '/workspaces/demo/documents', '/events', `/documents/${documentId}/chunks`]) {
      const response = await call('GET', `${path}?cursor=nonsense`);
      expect(response.status, path).toBe(400);
      expect(response.json.errors).toEqual([{ path: 'cursor', message: 'must be the nextCursor of a page' }]);
    }
  });
});

describe('a request', () => {
  it('with unknown fields is rejected with a suggestion', async () => {
    const response = await call('POST', '/workspaces', { name: 'x', instrutions: 'Be brief.' });
    expect(response.status).toBe(400);
    expect(response.json.errors).toEqual([
      { path: 'instrutions', message: 'Unknown field. Did you mean "instructions"?' },
    ]);
  });

  it('for an unknown document is rejected, not answered with an empty result', async () => {
    const body = { question: 'How tall?', documentIds: [documentId, 'doc_unknown'] };
    const response = await call('POST', '/workspaces/demo/ask', body);
    expect(response).toMatchObject({ status: 404, json: { errors: [{ path: 'documentIds.1' }] } });
    expect((await call('POST', '/workspaces/demo/search', { query: 'x', documentIds: ['doc_x'] })).status).toBe(404);
  });

  it('to an unknown route suggests similar routes', async () => {
    const response = await call('GET', '/workspaces/demo/document');
    expect(response.status).toBe(404);
    expect(response.json.detail).toContain('GET /v1/workspaces/{workspace}/documents');
  });

  it('that fails links to a description of the error', async () => {
    const { type } = (await call('GET', '/workspaces/none')).json;
    const description = await (await fetch(new URL(type, server.url))).json();
    expect(description).toMatchObject({ code: 'NOT_FOUND', status: 404, remedy: expect.any(String) });
    expect((await fetch(`${server.url}/errors/NOTHING`)).status).toBe(404);
  });

  it('for the OpenAPI document returns the URL of this server', async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    const document = (await response.json()) as { servers: { url: string }[] };
    expect(document.servers[0]?.url).toBe(`${server.url}/v1`);
    expect(document).toHaveProperty('webhooks');
    const plain = await (await fetch(`${server.url}/openapi.json?webhooks=false`)).json();
    expect(plain).not.toHaveProperty('webhooks');
  });

  it('for an unsupported API version is rejected', async () => {
    const headers = { authorization: `Bearer ${server.apiKey}`, 'lorebox-api-version': '2' };
    const response = await fetch(`${server.url}/v1/workspaces`, { headers });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('This server supports version 1.');
  });
});
