import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let lorebox: Lorebox;

const connect = () => {
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
};
const stateOf = async (externalId: string) => {
  const { items } = await lorebox.documents.list('pond', { externalId });
  return items[0];
};
const statusOf = async (externalId: string) => (await stateOf(externalId))?.status;
const send = (externalId: string, text: string) => lorebox.documents.importTexts('pond', [{ externalId, text }]);

describe('hostile text', () => {
  beforeEach(async () => {
    server = await startLorebox();
    connect();
    await lorebox.workspaces.create({ name: 'pond' });
  });
  afterEach(() => server.dispose());

  it('does not stop the ingest of other documents', async () => {
    for (const [i, pattern] of ['.', '“', '\u0301\u0316', 'a.b.c', '[1', ' \n'].entries()) {
      await send(`hostile-${i}`, `${pattern.repeat(500_000 / pattern.length)}x`);
    }
    await send('plain', 'The heron waits at the pond.');
    await expect.poll(() => statusOf('plain'), { timeout: 30_000 }).toBe('ready');
    const { hits } = await lorebox.search({ workspace: 'pond', query: 'heron', mode: 'keyword' });
    expect(hits).toHaveLength(1);
  });

  it('in a query is answered at once, or rejected when it is too long', async () => {
    await send('plain', 'The heron waits at the pond.');
    await expect.poll(() => statusOf('plain'), { timeout: 30_000 }).toBe('ready');
    for (const pattern of ['a.', '“', '"', '\u0301\u0316', 'a', '漢', '. ']) {
      await lorebox.search({
        workspace: 'pond',
        query: `heron ${pattern.repeat(1990 / pattern.length)}`,
        mode: 'keyword',
      });
    }
    await expect(lorebox.search({ workspace: 'pond', query: 'a'.repeat(2001) })).rejects.toMatchObject({ status: 400 });
  });

  it('is found by the prefix of words without an end', async () => {
    const word = 'q'.repeat(200);
    await send('long', `Here stands ${word} alone.`);
    await expect.poll(() => statusOf('long'), { timeout: 30_000 }).toBe('ready');
    const { hits } = await lorebox.search({ workspace: 'pond', query: word, mode: 'keyword' });
    expect(hits).toHaveLength(1);
  });
});

describe('a text that takes too long to chunk', () => {
  const LARGE = 'The heron waits at the pond and says nothing. '.repeat(1_300_000);

  beforeEach(async () => {
    server = await startLorebox({ env: { LOREBOX_DOCUMENT_SECONDS: '1' } });
    connect();
    await lorebox.workspaces.create({ name: 'pond' });
  });
  afterEach(() => server.dispose());

  it('is abandoned after three attempts, across a restart, while other documents continue', {
    timeout: 120_000,
  }, async () => {
    await send('large', LARGE);
    await expect.poll(() => server.logs().includes('text chunking stopped'), { timeout: 30_000 }).toBe(true);
    const { dataDir } = server;
    await server.kill();
    server = await startLorebox({ dataDir, env: { LOREBOX_DOCUMENT_SECONDS: '1' } });
    connect();
    await send('plain', 'The heron waits at the pond.');
    await expect.poll(() => statusOf('plain'), { timeout: 60_000 }).toBe('ready');
    await expect.poll(() => statusOf('large'), { timeout: 60_000 }).toBe('failed');
    expect(await stateOf('large')).toMatchObject({ reason: 'timeout', message: expect.stringContaining('3 times') });
  });

  it('is released when it is cancelled or deleted', { timeout: 120_000 }, async () => {
    await server.dispose();
    server = await startLorebox({ env: { LOREBOX_DOCUMENT_SECONDS: '3600' } });
    connect();
    await lorebox.workspaces.create({ name: 'pond' });
    await send('large', LARGE);
    const large = await stateOf('large');
    await lorebox.documents.cancel(large?.id ?? '');
    await send('plain', 'The heron waits at the pond.');
    await expect.poll(() => statusOf('plain'), { timeout: 30_000 }).toBe('ready');
    expect(await statusOf('large')).toBe('failed');
  });
});
