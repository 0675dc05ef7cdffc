import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: events of several types
  event: any;
}

const env = {
  LOREBOX_FETCH_ALLOW: '127.0.0.1:*',
  LOREBOX_WEBHOOK_RETRY_SECONDS: '1,1',
  LOREBOX_WEBHOOK_TIMEOUT_SECONDS: '2',
};

let receiver: Server;
let address: string;
let got: Got[] = [];
/** Statuses that the receiver returns on a path, one per attempt; the last one repeats. 0 never responds. */
let script: Record<string, number[]> = {};

let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    got.push({ path, headers: request.headers, body, event: JSON.parse(body) });
    const statuses = script[path] ?? [204];
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === 302) response.setHeader('location', '/elsewhere');
    if (status) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  server = await startLorebox({ env });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(async () => {
  got = [];
  script = {};
  for await (const { id } of lorebox.webhooks.list()) await lorebox.webhooks.delete(id);
});

const on = (path: string) => got.filter((one) => one.path === path);
const arrived = (path: string, n = 1) =>
  expect.poll(() => on(path).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(n);
const create = (path: string, more = {}) => lorebox.webhooks.create({ url: address + path, ...more });
const deliveriesOf = (id: string) => lorebox.webhooks.deliveries(id).toArray(100);

/** Verifies Standard Webhooks signatures with code other than the signing code. */
function isSigned({ headers, body }: Got, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(content).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => {
      const given = Buffer.from(signature.replace('v1,', ''), 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}

describe('webhooks', () => {
  it('report documents and answers with a signature and IDs for further requests', async () => {
    const webhook = await create('/all');
    await lorebox.documents.importTexts('demo', [{ externalId: 'tall', text: 'The lighthouse is 31 meters tall.' }]);
    await lorebox.documents.upload('demo', [{ name: 'broken.pdf', data: new Blob(['%PDF-1.7 and nothing else']) }]);
    await lorebox.documents.waitUntilIdle('demo');
    const answer = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
    await arrived('/all', 3);
    const byType = Object.fromEntries(on('/all').map((one) => [one.event.type, one]));
    expect(Object.keys(byType).sort()).toEqual(['answer.completed', 'document.failed', 'document.ready']);
    for (const one of on('/all')) {
      expect(isSigned(one, webhook.secret)).toBe(true);
      expect(one.headers['webhook-id']).toBe(one.event.id);
      expect(one.headers['content-type']).toBe('application/json');
      expect(Math.abs(Date.now() / 1000 - Number(one.headers['webhook-timestamp']))).toBeLessThan(60);
    }
    expect(byType['document.ready']?.event.data).toMatchObject({ externalId: 'tall', chunks: 1 });
    expect(byType['document.failed']?.event.data).toMatchObject({ filename: 'broken.pdf', reason: 'damaged' });
    expect(byType['answer.completed']?.event.data).toMatchObject({
      answerId: answer.answerId,
      messageId: answer.messageId,
      citations: answer.citations.length,
    });
    expect(JSON.stringify(got)).not.toContain('31 meters');
    await expect
      .poll(async () => (await deliveriesOf(webhook.id)).every(({ status }) => status === 'delivered'))
      .toBe(true);
  });

  it('receive only the events of their subscription and workspace', async () => {
    const other = await lorebox.workspaces.create({ name: 'other' });
    await create('/failed', { eventTypes: ['document.failed'] });
    await create('/other', { workspaceId: other.id });
    await lorebox.documents.importTexts('demo', [{ text: 'One in demo.' }]);
    await lorebox.documents.importTexts('other', [{ text: 'One in other.' }]);
    await arrived('/other');
    await lorebox.documents.waitUntilIdle('demo');
    expect(on('/other').map(({ event }) => event.workspaceId)).toEqual([other.id]);
    expect(on('/failed')).toEqual([]);
  });

  it('are retried under the same ID until accepted, and every attempt is logged', async () => {
    script['/flaky'] = [500, 0, 302, 200];
    const { id } = await create('/flaky', { eventTypes: ['webhook.test'] });
    const delivery = await lorebox.webhooks.test(id);
    await expect.poll(async () => (await deliveriesOf(id))[0]?.status, { timeout: 15_000 }).toBe('failed');
    const [failed] = await deliveriesOf(id);
    expect(failed?.attempts.map(({ status }) => status)).toEqual([500, null, 302]);
    expect(failed?.attempts[1]?.error).toContain('timed out');
    expect(got.some(({ path }) => path === '/elsewhere')).toBe(false);
    expect(new Set(on('/flaky').map(({ event }) => event.id))).toEqual(new Set([delivery.eventId]));

    // After abandoned deliveries without any success, the webhook is disabled with a reason.
    const off = await lorebox.webhooks.get(id);
    expect(off).toMatchObject({ enabled: false, disabledReason: expect.stringContaining('status 302') });
    await expect(lorebox.webhooks.test(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await lorebox.webhooks.update(id, { enabled: true })).toMatchObject({ disabledReason: null });
    await lorebox.webhooks.retry(delivery.id);
    await expect.poll(async () => (await deliveriesOf(id))[0]?.status).toBe('delivered');
    expect((await deliveriesOf(id))[0]?.attempts).toHaveLength(4);
  });

  it('survive kill -9 while the receiver hangs: the event is sent again under its ID', async () => {
    script['/hangs'] = [0, 204];
    const { id } = await create('/hangs');
    const killed = await startLorebox({ env });
    try {
      const other = new Lorebox({ baseUrl: killed.url, apiKey: killed.apiKey });
      const webhook = await other.webhooks.create({ url: `${address}/hangs` });
      await other.webhooks.test(webhook.id);
      await arrived('/hangs');
      await killed.kill();
      const again = await startLorebox({ dataDir: killed.dataDir, env });
      try {
        await arrived('/hangs', 2);
        const [first, second] = on('/hangs');
        expect(second?.event).toEqual(first?.event);
        expect(isSigned(second as Got, webhook.secret)).toBe(true);
      } finally {
        await again.stop();
      }
    } finally {
      await killed.dispose();
    }
    await lorebox.webhooks.delete(id);
  });

  it('that hang do not delay other webhooks', async () => {
    script['/hangs'] = [0];
    const slow = await create('/hangs');
    await create('/quick');
    for (let i = 0; i < 6; i += 1)
      await lorebox.documents.importTexts('demo', [{ text: `Note ${i} for the quick one.` }]);
    await arrived('/quick', 6);
    expect(on('/hangs').length).toBeLessThan(6);
    await lorebox.webhooks.delete(slow.id);
  });

  it('are disabled after a 410, and receive missed events by replay', async () => {
    script['/gone'] = [410, 204];
    const since = new Date();
    const { id } = await create('/gone', { eventTypes: ['document.ready', 'webhook.test'] });
    await lorebox.webhooks.test(id);
    await expect.poll(async () => (await lorebox.webhooks.get(id)).enabled, { timeout: 10_000 }).toBe(false);
    await lorebox.documents.importTexts('demo', [{ text: 'Said while nobody listened.' }]);
    await lorebox.documents.waitUntilIdle('demo');
    await lorebox.webhooks.update(id, { enabled: true });
    expect(await lorebox.webhooks.replay(id, { since })).toBe(1);
    await arrived('/gone', 2);
    expect(on('/gone')[1]?.event.type).toBe('document.ready');
  });

  it('are signed with both secrets for a day after a rotation, and store secrets encrypted', async () => {
    const { id, secret } = await create('/rotated');
    const { secret: next } = await lorebox.webhooks.rotate(id);
    expect(next).not.toBe(secret);
    await lorebox.webhooks.test(id);
    await arrived('/rotated');
    const [one] = on('/rotated') as [Got];
    expect([isSigned(one, secret), isSigned(one, next)]).toEqual([true, true]);
    expect(await lorebox.webhooks.get(id)).not.toHaveProperty('secret');
    expect(JSON.stringify(await lorebox.webhooks.list().toArray(10))).not.toContain('whsec_');
  });

  it('reject private addresses and callers without permission', async () => {
    await expect(lorebox.webhooks.create({ url: 'http://169.254.169.254/latest' })).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
    await expect(lorebox.webhooks.create({ url: 'ftp://example.com' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { id, workspaceId } = await create('/mine');
    expect(workspaceId).toBeNull();
    const demo = await lorebox.workspaces.get('demo');
    const { key } = await lorebox.apiKeys.create({ name: 'bound', scopes: ['*'], workspaceId: demo.id });
    const bound = new Lorebox({ baseUrl: server.url, apiKey: key });
    await expect(bound.webhooks.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await bound.webhooks.list().toArray(10)).toEqual([]);
    const own = await bound.webhooks.create({ url: `${address}/own` });
    expect(own.workspaceId).toBe(demo.id);
    const { key: reader } = await lorebox.apiKeys.create({ name: 'reader', scopes: ['webhooks:read'] });
    const reading = new Lorebox({ baseUrl: server.url, apiKey: reader });
    expect(await reading.webhooks.get(id)).toMatchObject({ id });
    await expect(reading.webhooks.test(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('events', () => {
  it('are available as a list and as a resumable stream', async () => {
    const { id: workspaceId } = await lorebox.workspaces.create({ name: 'Watched' });
    const events = lorebox.events.watch({ workspace: 'watched' })[Symbol.asyncIterator]();
    const next = events.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lorebox.documents.importTexts('watched', [{ text: 'News of the day.' }]);
    const first = (await next).value;
    expect(first).toMatchObject({ type: 'document.ready', workspaceId });
    expect(first?.timestamp).toBeInstanceOf(Date);
    await events.return?.();
    await lorebox.workspaces.delete('watched');
    const resumed = lorebox.events.watch({ lastEventId: first?.id ?? '' })[Symbol.asyncIterator]();
    expect((await resumed.next()).value).toMatchObject({ type: 'workspace.deleted', workspaceId });
    await resumed.return?.();
    const ready = await lorebox.events.list({ type: 'document.ready', limit: 2 }).toArray(3);
    expect(ready.map(({ type }) => type)).toEqual(['document.ready', 'document.ready', 'document.ready']);
  });
});
