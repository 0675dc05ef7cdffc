import { setTimeout as pause } from 'node:timers/promises';
import { SESSION_HEADER } from '@lorebox/contract/embed';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What the script of a widget calls, from the page of another origin. */
const ORIGIN = 'https://shop.example';
let server: LoreboxProcess;
let lorebox: Lorebox;
let widgetId: string;

beforeAll(async () => {
  server = await startLorebox({});
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'Demo' });
  await lorebox.documents.importTexts('demo', [{ title: 'Lights', text: 'The lighthouse is forty metres high.' }]);
  while ((await lorebox.documents.summary('demo')).ready < 1) await pause(30);
  const widget = await lorebox.widgets.create('demo', {
    name: 'Shop',
    allowedOrigins: [ORIGIN, 'https://*.shop.example'],
  });
  widgetId = widget.id;
});
afterAll(() => server.dispose());

const call = (
  path: string,
  options: { origin?: string | null; body?: unknown; headers?: Record<string, string> } = {},
) => {
  const { origin = ORIGIN, body, headers } = options;
  return fetch(`${server.url}/embed/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(origin !== null && { origin }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
};

async function start(): Promise<Record<string, string>> {
  const response = await call(`${widgetId}/session`, { body: { visitor: 'Ada' } });
  expect(response.status).toBe(201);
  const { secret } = (await response.json()) as { secret: string };
  return { [SESSION_HEADER]: secret };
}

function readEvents(text: string): { id: number; type: string; [key: string]: unknown }[] {
  return [...text.matchAll(/^data: (\{.*\})\nid: (\d+)$/gm)].map(([, data = '', id]) => ({
    ...JSON.parse(data),
    id: Number(id),
  }));
}

it.each([
  ['another origin', 'https://evil.example', 403],
  ['another port', 'https://shop.example:8443', 403],
  ['another scheme', 'http://shop.example', 403],
  ['an opaque origin', 'null', 403],
  ['no page', null, 403],
  ['a subdomain', 'https://www.shop.example', 200],
  ['the page', ORIGIN, 200],
])('answers %s with %s: %d', async (_name, origin, status) => {
  const response = await call(`${widgetId}/config`, { origin });
  expect(response.status).toBe(status);
  expect(response.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null);
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('vary')).toMatch(/origin/i);
});

it('answers preflight requests of allowed origins alone', async () => {
  const preflight = (origin: string) =>
    fetch(`${server.url}/embed/${widgetId}/ask`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': SESSION_HEADER },
    });
  const allowed = await preflight(ORIGIN);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-headers')).toContain(SESSION_HEADER);
  const refused = await preflight('https://evil.example');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('access-control-allow-headers')).toBeNull();
});

it('shows how the widget looks, and nothing about how it answers', async () => {
  const config = await (await call(`${widgetId}/config`)).json();
  expect(Object.keys(config as object).sort()).toEqual([
    'accentColor',
    'greeting',
    'handoverUrl',
    'id',
    'language',
    'leadForm',
    'maxQuestionLength',
    'position',
    'suggestions',
    'title',
  ]);
});

it('streams an answer that can be resumed after any event, and continues when the visitor leaves', async () => {
  const headers = await start();
  const leaving = new AbortController();
  const response = await fetch(`${server.url}/embed/${widgetId}/ask`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ question: 'How high is the lighthouse?' }),
    signal: leaving.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  leaving.abort();
  const history = async () =>
    (await (await call(`${widgetId}/history`, { headers })).json()) as {
      messages: { id: string; role: string; status: string; answerId: string; text: string }[];
    };
  await expect.poll(async () => (await history()).messages[1]?.status).toBe('complete');
  const { messages } = await history();
  const answerId = messages[1]?.answerId ?? '';
  const all = readEvents(await (await call(`${widgetId}/answers/${answerId}`, { headers })).text());
  expect(all.at(0)).toMatchObject({ type: 'start', answerId });
  expect(all.at(-1)).toMatchObject({ type: 'end', text: messages[1]?.text });
  const [first] = all;
  const rest = await call(`${widgetId}/answers/${answerId}`, {
    headers: { ...headers, 'last-event-id': String(first?.id) },
  });
  expect(readEvents(await rest.text())).toEqual(all.slice(1));
  const others = await call(`${widgetId}/answers/${answerId}`, { headers: await start() });
  expect(others.status).toBe(404);
  const rated = await call(`${widgetId}/feedback`, { headers, body: { messageId: messages[1]?.id, feedback: 'up' } });
  expect(rated.status).toBe(204);
});

it('refuses bad bodies, and reads none without a session', async () => {
  const headers = await start();
  expect((await call(`${widgetId}/ask`, { body: { question: 'x' } })).status).toBe(401);
  expect((await call(`${widgetId}/ask`, { headers, body: '{' })).status).toBe(400);
  expect((await call(`${widgetId}/ask`, { headers, body: { question: '' } })).status).toBe(400);
  expect((await call(`${widgetId}/ask`, { headers, body: { question: 'x'.repeat(4001) } })).status).toBe(400);
  expect((await call(`${widgetId}/ask`, { headers, body: 'x'.repeat(40_000) })).status).toBe(413);
  expect((await call('wdg_unknown/config')).status).toBe(404);
  expect((await call(`${widgetId}/unknown`)).status).toBe(404);
});

it('says kindly that a quota has ended', async () => {
  await lorebox.widgets.update(widgetId, { messagesPerSession: 1 });
  const headers = await start();
  await (await call(`${widgetId}/ask`, { headers, body: { question: 'One?' } })).text();
  const refused = await call(`${widgetId}/ask`, { headers, body: { question: 'Two?' } });
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', errors: [{ path: 'messagesPerSession' }] });
  await lorebox.widgets.update(widgetId, { messagesPerSession: null });
});

it('counts questions that are asked at once', async () => {
  const { id } = await lorebox.widgets.create('demo', { name: 'Busy', allowedOrigins: [ORIGIN], messagesPerDay: 2 });
  const visitors = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => {
      const response = await call(`${id}/session`, { body: {} });
      return ((await response.json()) as { secret: string }).secret;
    }),
  );
  const statuses = await Promise.all(
    visitors.map(async (secret) => {
      const response = await call(`${id}/ask`, { headers: { [SESSION_HEADER]: secret }, body: { question: 'One?' } });
      await response.text();
      return response.status;
    }),
  );
  expect(statuses.sort()).toEqual([200, 200, 429, 429, 429]);
  for (const secret of visitors) expect(server.logs()).not.toContain(secret);
});

it('closes with the widget', async () => {
  await lorebox.widgets.update(widgetId, { enabled: false });
  expect((await call(`${widgetId}/config`)).status).toBe(403);
  await lorebox.widgets.update(widgetId, { enabled: true, allowedOrigins: [] });
  expect((await call(`${widgetId}/config`)).status).toBe(403);
  await lorebox.widgets.update(widgetId, { allowedOrigins: [ORIGIN] });
  expect((await call(`${widgetId}/config`)).status).toBe(200);
});

it('limits the frame page to its websites', async () => {
  const frame = await call(`${widgetId}/frame`, { origin: null, headers: { 'sec-fetch-dest': 'iframe' } });
  expect(frame.headers.get('content-security-policy')).toContain(`frame-ancestors ${ORIGIN}`);
  expect(frame.headers.get('x-frame-options')).toBeNull();
  const alone = await call(`${widgetId}/frame`, { origin: null, headers: { 'sec-fetch-dest': 'document' } });
  expect(alone.status).toBe(403);
});

it('explains to the self-test page why an embed does not work', async () => {
  const own = { 'sec-fetch-site': 'same-origin' };
  const check = await call(`${widgetId}/check?page=https://evil.example/shop`, { origin: null, headers: own });
  expect(await check.json()).toMatchObject({
    checks: [
      { id: 'enabled', isOk: true },
      { id: 'day-quota', isOk: true },
      { id: 'origin', isOk: false },
    ],
  });
  const probe = await call(`${widgetId}/probe`, { origin: null, headers: own });
  expect((await probe.text()).match(/^data: /gm)).toHaveLength(4);
  expect((await call(`${widgetId}/check`, { origin: 'https://evil.example' })).status).toBe(403);
});

it('starts a limited number of conversations for one address', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 31; n += 1) statuses.push((await call(`${widgetId}/session`, { body: {} })).status);
  expect(statuses.at(-1)).toBe(429);
});
