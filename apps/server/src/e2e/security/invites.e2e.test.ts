import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PASSWORD = 'a phrase that is long enough';
let server: LoreboxProcess;

beforeAll(async () => {
  server = await startLorebox();
});
afterAll(() => server.dispose());

function call(method: string, path: string, body?: object, isAdmin = false): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (isAdmin) headers.authorization = `Bearer ${server.apiKey}`;
  return fetch(`${server.url}/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

const invite = async (): Promise<string> => {
  const response = await call('POST', '/invites', {}, true);
  return ((await response.json()) as { token: string }).token;
};

it('an invite signs in with a cookie that scripts cannot read, once', async () => {
  const token = await invite();
  const accepted = await call('POST', `/invited/${token}`, { username: 'ada', password: PASSWORD });
  expect(accepted.status).toBe(201);
  const cookie = accepted.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=(?:Lax|Strict)/i);
  const me = await fetch(`${server.url}/v1/me`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(await me.json()).toMatchObject({ user: { username: 'ada', role: 'member' } });
  expect((await call('POST', `/invited/${token}`, { username: 'eve', password: PASSWORD })).status).toBe(404);
});

it('tokens can be neither listed nor guessed, and never reach the log', async () => {
  const token = await invite();
  expect(await (await call('GET', '/invites', undefined, true)).text()).not.toContain(token);
  expect((await call('GET', `/invited/${token}`)).status).toBe(200);
  expect(server.output()).not.toContain(token);
  const statuses = new Set<number>();
  for (let n = 0; n < 80; n += 1) statuses.add((await call('GET', `/invited/guess-${n}`)).status);
  expect([...statuses].sort()).toEqual([404, 429]);
});

it('accepting is throttled like signing in', async () => {
  const statuses = new Set<number>();
  for (let n = 0; n < 12; n += 1)
    statuses.add((await call('POST', `/invited/guess-${n}`, { username: `u${n}`, password: PASSWORD })).status);
  expect([...statuses].sort()).toEqual([404, 429]);
});
