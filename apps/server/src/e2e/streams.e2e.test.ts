import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { createRandom } from '@lorebox/testkit/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DROPS = 200;
const HANG_UPS = 2000;
const AT_ONCE = 50;

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 120 }, (_, i) => `word${i} `);
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_LOG_LEVEL: 'error' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

interface Seen {
  id: number;
  data: string;
}

async function startAnswer(delayMs: number): Promise<string> {
  ollama.delayMs = delayMs;
  return (await lorebox.ask({ workspace: 'demo', question: 'Count for me.' }).started).answerId;
}

/** Reads a stream after `lastId` up to a number of bytes, at any position within an event, and drops the connection. */
async function readPiece(answerId: string, lastId: number, bytes: number): Promise<{ seen: Seen[]; isOver: boolean }> {
  const line = new AbortController();
  const response = await fetch(`${server.url}/v1/answers/${answerId}/events`, {
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      accept: 'text/event-stream',
      ...(lastId > 0 && { 'last-event-id': String(lastId) }),
    },
    signal: line.signal,
  });
  if (response.status === 204) return { seen: [], isOver: true };
  let text = '';
  let isOver = true;
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    isOver = text.length < bytes;
    if (!isOver) break;
  }
  line.abort();
  const whole = [...text.slice(0, bytes).matchAll(/event: [\w-]+\ndata: (.*)\nid: (\d+)\n\n/g)];
  return { seen: whole.map(([, data = '', id]) => ({ id: Number(id), data })), isOver };
}

describe('a dropped stream', () => {
  it(`yields identical events after ${DROPS} drops at random bytes, live and afterwards`, async () => {
    const random = createRandom(11);
    let drops = 0;
    for (let round = 0; drops < DROPS; round += 1) {
      const answerId = await startAnswer(round % 2 === 0 ? 8 : 0);
      const seen: Seen[] = [];
      for (let isOver = false; !isOver; ) {
        const piece = await readPiece(answerId, seen.at(-1)?.id ?? 0, 40 + Math.floor(random() ** 3 * 4000));
        seen.push(...piece.seen);
        isOver = piece.isOver;
        if (!isOver) drops += 1;
      }
      const whole = await readPiece(answerId, 0, Number.MAX_SAFE_INTEGER);
      expect(seen.map(({ id }) => id)).toEqual(whole.seen.map((_, i) => i + 1));
      expect(seen).toEqual(whole.seen);
      expect(JSON.parse(seen.at(-1)?.data ?? '{}')).toMatchObject({ type: 'answer-end' });
    }
    console.log(`${drops} drops`);
    expect(drops).toBeGreaterThanOrEqual(DROPS);
  });
});

/** Open files, sockets and memory (MB) of the server. */
const handles = () => readdirSync(`/proc/${server.pid}/fd`).length;
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

/** Opens a stream and disconnects after the first bytes. */
function hangUp(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const { port, host } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1', () => {
      const head = [`GET ${path} HTTP/1.1`, `host: ${host}`, `authorization: Bearer ${server.apiKey}`];
      socket.write(`${[...head, 'accept: text/event-stream', '', ''].join('\r\n')}`);
    });
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(data.toString()));
    });
    socket.once('error', reject);
  });
}

describe('clients that disconnect mid-stream', () => {
  it.runIf(process.platform === 'linux')(`leave nothing behind after ${HANG_UPS} disconnects`, async () => {
    const answerId = await startAnswer(3000);
    const paths = [
      `/v1/answers/${answerId}/events`,
      `/trpc/chat.watch?input=${encodeURIComponent(JSON.stringify({ json: { answerId } }))}`,
    ];
    const wave = async (count: number) => {
      for (let i = 0; i < count; i += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => hangUp(paths[n % paths.length] ?? '')));
      }
    };
    await wave(HANG_UPS / 4);
    await expect.poll(handles, { timeout: 10_000 }).toBeLessThan(120);
    const before = { handles: handles(), memory: memory() };
    await wave((HANG_UPS * 3) / 4);
    await expect.poll(handles, { timeout: 10_000 }).toBeLessThanOrEqual(before.handles + 2);
    const after = { handles: handles(), memory: memory() };
    console.log(
      `handles ${before.handles} -> ${after.handles}, RSS ${before.memory.toFixed(0)} -> ${after.memory.toFixed(0)} MB`,
    );
    expect(after.memory).toBeLessThan(before.memory + 48);
    // The abandoned answer is still being written.
    await lorebox.cancel(answerId);
    const [last] = (await Array.fromAsync(lorebox.watch(answerId))).slice(-1);
    expect(last).toMatchObject({ type: 'answer-error', code: 'CANCELLED' });
  });
});
