import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Share links open one thread to strangers for reading, and their tokens stay out of the log. */
let server: LoreboxProcess;
let lorebox: Lorebox;
let threadId: string;

beforeAll(async () => {
  server = await startLorebox();
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'Demo' });
  const answer = lorebox.ask({ workspace: 'demo', question: 'How high is the lighthouse?' });
  await answer.final();
  ({ threadId } = await answer.started);
});
afterAll(() => server.dispose());

const view = (token: string) => fetch(`${server.url}/v1/shared/${token}`);

it('a stranger reads the thread until the link is revoked', async () => {
  const { id, token } = await lorebox.shares.create(threadId);
  const response = await view(token);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(await response.json()).toMatchObject({
    title: 'How high is the lighthouse?',
    messages: [{ role: 'user' }, {}],
  });
  const stranger = new Lorebox({ baseUrl: server.url });
  expect((await stranger.shares.view(token)).messages).toHaveLength(2);
  await lorebox.shares.revoke(id);
  const [revoked, unknown] = [await view(token), await view('A'.repeat(43))];
  expect([revoked.status, unknown.status]).toEqual([404, 404]);
  const problemOf = async (failed: Response) => ({ ...((await failed.json()) as object), requestId: null });
  expect(await problemOf(revoked)).toEqual(await problemOf(unknown));
  expect(server.logs()).not.toContain(token);
});

it('one address can open a limited number of links per minute', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 70; n += 1) statuses.push((await view('B'.repeat(43))).status);
  expect(statuses.at(-1)).toBe(429);
});
