import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

let double: FakeOpenAi;
let line: Awaited<ReturnType<typeof openLine>>;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  double = await startFakeOpenAi();
  line = await openLine(Number(new URL(double.url).port));
  const env = { LOREBOX_EMBEDDER: 'openai:small-embed', LOREBOX_OPENAI_URL: `http://127.0.0.1:${line.port}/v1` };
  server = await startLorebox({ env });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'pond' });
});
afterAll(async () => {
  await server.dispose();
  await line.cut();
  await double.close();
});

/**
 * Proxy to the fake model server that can be cut and restored, so the model server appears to go down and come back.
 */
async function openLine(target: number) {
  const sockets = new Set<Socket>();
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const opened = createServer((near) => {
        const far = connect(target, '127.0.0.1');
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => {}).on('close', () => sockets.delete(socket));
        }
        near.pipe(far).pipe(near);
      }).listen(port, '127.0.0.1', () => resolve(opened));
    });
  let opened = await listen(0);
  const { port } = opened.address() as AddressInfo;
  return {
    port,
    async cut() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => opened.close(resolve));
    },
    async mend() {
      opened = await listen(port);
    },
  };
}

const documents = async () => (await lorebox.documents.list('pond')).items;

it('of the embedder keeps documents waiting with a reason, and they resume automatically', async () => {
  await line.cut();
  const items = Array.from({ length: 3 }, (_, i) => ({ externalId: `t${i}`, text: `The heron number ${i} waits.` }));
  await lorebox.documents.importTexts('pond', items);
  // Longer than the retries of a failing document take.
  const waiting = async () => (await documents()).map(({ status, message }) => `${status}: ${message}`);
  await expect
    .poll(waiting, { timeout: 20_000 })
    .toEqual(Array(3).fill(expect.stringMatching(/^processing: Waiting.*/)));
  const [job] = (await lorebox.jobs.list({ workspace: 'pond' })).items;
  expect(job).toMatchObject({
    kind: 'ingest',
    state: 'queued',
    message: expect.stringContaining("Can't reach the model server"),
  });
  expect(job?.message).not.toContain('127.0.0.1');
  expect(job?.attempts).toBeGreaterThan(0);
  await line.mend();
  await expect
    .poll(() => lorebox.documents.summary('pond'), { timeout: 60_000 })
    .toMatchObject({ ready: 3, failed: 0 });
  expect((await documents()).map(({ message }) => message)).toEqual([null, null, null]);
});

it('in the middle of a large document loses nothing and repeats nothing', async () => {
  const before = double.requests.length;
  const text = Array.from({ length: 4000 }, (_, i) => `Sentence ${i} of the log tells of hall ${i % 97}.`).join(' ');
  double.delayMs = 150;
  await lorebox.documents.importTexts('pond', [{ externalId: 'log', text }]);
  await expect.poll(() => double.requests.length, { timeout: 20_000 }).toBeGreaterThan(before + 1);
  await line.cut();
  double.delayMs = 0;
  await new Promise((resolve) => setTimeout(resolve, 500));
  await line.mend();
  await expect
    .poll(() => lorebox.documents.summary('pond'), { timeout: 60_000 })
    .toMatchObject({ ready: 4, processing: 0 });
  const [log] = (await lorebox.documents.list('pond', { externalId: 'log' })).items;
  const chunks = await lorebox.documents.chunks(log?.id ?? '').toArray();
  expect(chunks).toHaveLength(log?.chunks ?? 0);
  expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, i) => i));
  expect(chunks.at(-1)?.text).toContain('Sentence 3999');
});
