import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
  key?: string | null;
}

interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read responses of many shapes
  json: any;
  text: string;
}

let server: LoreboxProcess;
let workspace: string;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_MAX_BODY_MB: '1' } });
  workspace = (await call('POST', '/workspaces', { body: { name: 'Lighthouses' } })).json.slug;
});
afterAll(() => server.dispose());

async function call(
  method: string,
  path: string,
  { body, headers = {}, key = server.apiKey }: Sent = {},
): Promise<Reply> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(text) : null, text };
}

const settled = () =>
  expect
    .poll(async () => (await call('GET', `/workspaces/${workspace}/documents/summary`)).json.processing, {
      timeout: 30_000,
    })
    .toBe(0);

/** Parses the events of a stream, as a client does. */
const eventsOf = (text: string) =>
  [...text.matchAll(/event: ([\w-]+)\ndata: (.*)\nid: (\d+)\n\n/g)].map(([, type, data, id]) => ({
    type,
    id,
    data: JSON.parse(data as string),
  }));

describe('REST', () => {
  it('accepts files, reports their progress, and answers with citations that point to the exact location', async () => {
    const form = new FormData();
    form.append('metadata', '{"shelf":7}');
    form.append('file', new Blob(['The lighthouse at Cape Varn is 31 meters tall. It was built in 1874.']), 'varn.txt');
    form.append('file', new Blob(['The lighthouse at Cape Orm burned down in 1901.']), 'orm.md');
    const accepted = await call('POST', `/workspaces/${workspace}/documents`, { body: form });
    expect([accepted.status, accepted.json.documents.length]).toEqual([202, 2]);
    await settled();
    const { json: page } = await call('GET', `/workspaces/${workspace}/documents?status=ready&limit=1`);
    expect(page.items[0]).toMatchObject({ filename: 'varn.txt', metadata: { shelf: 7 }, status: 'ready' });

    const { status, json: answer } = await call('POST', `/workspaces/${workspace}/ask`, {
      body: { question: 'How tall is the lighthouse at Cape Varn?' },
    });
    expect(status).toBe(200);
    const [citation] = answer.citations;
    expect(citation.text).toContain('31 meters');
    const range = `start=${citation.start}&end=${citation.end}`;
    const { json: text } = await call('GET', `/documents/${citation.documentId}/text?${range}`);
    expect(text.text).toBe(citation.text);

    const { json: found } = await call('POST', `/workspaces/${workspace}/search`, {
      body: { query: 'burned down', k: 1, metadata: { shelf: 7 } },
    });
    expect(found.hits).toHaveLength(1);
    expect(found.hits[0].text).toContain('Cape Orm');
  });

  it('streams an answer and resumes it after a dropped connection', async () => {
    const headers = { accept: 'text/event-stream' };
    const asked = await call('POST', `/workspaces/${workspace}/ask`, {
      body: { question: 'When was it built?' },
      headers,
    });
    expect(asked.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(asked.text);
    expect(events[0]?.type).toBe('answer-start');
    expect(events.at(-1)?.type).toBe('answer-end');
    const { answerId } = events[0]?.data ?? {};
    for (const { id } of events.slice(0, -1)) {
      const rest = await call('GET', `/answers/${answerId}/events`, { headers: { 'last-event-id': id as string } });
      expect(eventsOf(rest.text)).toEqual(events.slice(Number(id)));
    }
    const last = events.at(-1)?.id as string;
    expect((await call('GET', `/answers/${answerId}/events`, { headers: { 'last-event-id': last } })).status).toBe(204);
    const collected = await call('GET', `/answers/${answerId}/events`, { headers: { accept: 'application/json' } });
    expect(collected.json).toEqual(events.map(({ data }) => data));
  });

  it('paginates with links and supports conditional requests', async () => {
    const items = Array.from({ length: 25 }, (_, i) => ({ externalId: `n${i}`, text: `Note number ${i}.` }));
    expect((await call('POST', `/workspaces/${workspace}/texts`, { body: { items } })).status).toBe(202);
    await settled();
    const ids: string[] = [];
    for (let path: string | undefined = `/workspaces/${workspace}/documents?limit=10`; path; ) {
      const { json, headers } = await call('GET', path);
      ids.push(...json.items.map(({ id }: { id: string }) => id));
      path = /<\/v1([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(new Set(ids).size).toBe(27);
  });

  it('runs a POST with an Idempotency-Key once per API key', async () => {
    const headers = { 'idempotency-key': 'once-and-only-once' };
    const create = (name: string, key?: string) =>
      call('POST', '/workspaces', { body: { name }, headers, ...(key && { key }) });
    const [first, second] = [await create('Only one'), await create('Only one')];
    expect(second.json).toEqual(first.json);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await create('Another')).json).toMatchObject({ status: 422, code: 'UNPROCESSABLE' });
    const { json: other } = await call('POST', '/api-keys', { body: { name: 'other', scopes: ['*'] } });
    expect((await create('Only one', other.key)).json.id).not.toBe(first.json.id);
    await call('DELETE', `/api-keys/${other.id}`);
    expect((await create('Only one', other.key)).status).toBe(401);
  });

  it('returns errors as problem details with a code and request ID', async () => {
    const cases: [string, string, Sent, number, string][] = [
      ['GET', '/workspaces', { key: null }, 401, 'UNAUTHENTICATED'],
      ['GET', '/workspaces', { key: 'lbx_wrong' }, 401, 'UNAUTHENTICATED'],
      ['GET', '/workspaces?limit=0', {}, 400, 'BAD_REQUEST'],
      ['GET', '/workspaces/none', {}, 404, 'NOT_FOUND'],
      ['GET', '/no/such/path', {}, 404, 'NOT_FOUND'],
      ['GET', '/answers/ans_none00000/events', {}, 404, 'NOT_FOUND'],
      ['POST', '/workspaces', { body: '{"name":' }, 400, 'BAD_REQUEST'],
      [
        'POST',
        '/workspaces',
        { body: 'name=x', headers: { 'content-type': 'text/plain' } },
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['POST', `/workspaces/${workspace}/documents`, { body: {} }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        'POST',
        `/workspaces/${workspace}/documents`,
        { body: 'x', headers: { 'content-type': 'multipart/form-data' } },
        400,
        'BAD_REQUEST',
      ],
      ['POST', '/workspaces/none/documents', { body: formWithFile() }, 404, 'NOT_FOUND'],
      ['POST', '/workspaces', { body: `{"name":"${'x'.repeat(2_000_000)}"}` }, 413, 'TOO_LARGE'],
      ['PATCH', '/users/usr_none00000', { body: { role: 'king' } }, 400, 'BAD_REQUEST'],
    ];
    for (const [method, path, sent, status, code] of cases) {
      const { json, headers, ...reply } = await call(method, path, sent);
      expect([reply.status, json?.code, headers.get('content-type')], `${method} ${path}`).toEqual([
        status,
        code,
        'application/problem+json',
      ]);
      expect(json.requestId).toBe(headers.get('x-request-id'));
      expect(json.detail).not.toBe('');
    }
  });

  it('restricts keys to their workspace and scopes, and rejects cross-site requests with a session', async () => {
    const { json: mine } = await call('GET', `/workspaces/${workspace}`);
    await call('POST', '/workspaces', { body: { name: 'Secret' } });
    const { json: bound } = await call('POST', '/api-keys', {
      body: { name: 'bound', workspaceId: mine.id, scopes: ['workspaces:read'] },
    });
    const { key } = bound;
    expect((await call('GET', '/workspaces', { key })).json.items.map(({ id }: { id: string }) => id)).toEqual([
      mine.id,
    ]);
    expect((await call('GET', '/workspaces/secret', { key })).status).toBe(404);
    expect((await call('GET', `/workspaces/${workspace}/documents`, { key })).status).toBe(403);

    await call('POST', '/users', { body: { username: 'ada', password: 'correct horse', role: 'admin' } });
    const login = await call('POST', '/sessions', { body: { username: 'ada', password: 'correct horse' }, key: null });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect([login.status, cookie]).toEqual([201, expect.stringMatching(/HttpOnly/i)]);
    const asAda = { key: null, headers: { cookie: cookie.split(';')[0] ?? '' } };
    expect((await call('GET', '/me', asAda)).json.user.username).toBe('ada');
    const write = (headers: Record<string, string>) =>
      call('POST', '/workspaces', { body: { name: 'x' }, key: null, headers: { ...asAda.headers, ...headers } });
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: server.url })).status).toBe(201);
  });

  it('matches its own OpenAPI document', async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    const document = (await response.json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/workspaces/{workspace}/ask');
  });
});

function formWithFile(): FormData {
  const form = new FormData();
  form.append('file', new Blob(['x']), 'x.txt');
  return form;
}
