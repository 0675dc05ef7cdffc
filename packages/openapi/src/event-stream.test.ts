import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eventStream, type ServerSentEvent } from './event-stream.ts';

const OPTIONS = { ping: { event: 'ping', data: '' }, pingMs: 60_000 };

async function read(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk).toString());
  return chunks;
}

describe('eventStream', () => {
  it('joins simultaneous events, keeps the order and writes each field', async () => {
    async function* source(): AsyncGenerator<ServerSentEvent> {
      yield { event: 'connected', data: '{}' };
      yield { id: '1', data: '"a"' };
      await sleep(20);
      yield { id: '2', data: '"b"' };
    }
    expect(await read(eventStream(source(), OPTIONS))).toEqual([
      'event: connected\ndata: {}\n\ndata: "a"\nid: 1\n\n',
      'data: "b"\nid: 2\n\n',
    ]);
  });

  it('streams megabytes to a slow reader without buffering them', async () => {
    let made = 0;
    async function* source(): AsyncGenerator<ServerSentEvent> {
      for (; made < 500; made += 1) yield { data: 'x'.repeat(32 * 1024) };
    }
    const reader = eventStream(source(), OPTIONS).getReader();
    await reader.read();
    await sleep(50);
    expect(made).toBeLessThan(30);
    let bytes = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.byteLength;
    expect(bytes).toBeGreaterThan(490 * 32 * 1024);
  });

  it('forwards errors, and closes its source when the reader disconnects', async () => {
    // biome-ignore lint/correctness/useYield: throws before it yields anything
    async function* broken(): AsyncGenerator<ServerSentEvent> {
      throw new Error('torn');
    }
    await expect(eventStream(broken(), OPTIONS).getReader().read()).rejects.toThrow('torn');
    let isClosed = false;
    async function* endless(): AsyncGenerator<ServerSentEvent> {
      try {
        for (;;) {
          yield { data: 'x' };
          await sleep(5);
        }
      } finally {
        isClosed = true;
      }
    }
    const reader = eventStream(endless(), OPTIONS).getReader();
    await reader.read();
    await reader.cancel();
    expect(isClosed).toBe(true);
  });

  it('pings only while no other events are sent', async () => {
    async function* source(): AsyncGenerator<ServerSentEvent> {
      await sleep(120);
      yield { data: 'end' };
    }
    const text = (await read(eventStream(source(), { ...OPTIONS, pingMs: 30 }))).join('');
    expect(text).toMatch(/^(event: ping\ndata: \n\n)+data: end\n\n$/);
  });
});
