import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { FetchEventSource } from './event-source.ts';
import { parseEvents, type StreamEvent } from './parse-events.ts';

async function parse(...chunks: (string | Uint8Array)[]): Promise<{ events: StreamEvent[]; retries: number[] }> {
  const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk));
  const events: StreamEvent[] = [];
  const retries: number[] = [];
  for await (const event of parseEvents(ReadableStream.from(bytes), '', (ms) => retries.push(ms))) events.push(event);
  return { events, retries };
}
const message = (data: string, type = 'message', lastEventId = '') => ({ type, data, lastEventId });

describe('events', () => {
  it('are parsed with any line ending and any chunk boundary', async () => {
    const text =
      '\uFEFFid: 7\nevent: text\r\ndata: one\rdata:two\n\n: ping\n\ndata\n\nid\nretry: 250\nretry: soon\ndata:  ✓\r\n\r\n';
    const expected = [message('one\ntwo', 'text', '7'), message('', 'message', '7'), message(' ✓')];
    expect(await parse(text)).toEqual({ events: expected, retries: [250] });
    const bytes = new TextEncoder().encode(text);
    expect((await parse(...Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)))).events).toEqual(expected);
  });

  it('are ignored if they are incomplete or have no data', async () => {
    expect((await parse('data: half\n')).events).toEqual([]);
    expect((await parse('event: empty\nid: 3\n\n')).events).toEqual([]);
    expect((await parse('id: a\0b\ndata: x\n\n')).events).toEqual([message('x')]);
  });
});

describe('a stream of events', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Responds to the n-th request with the n-th handler, and records the requests. */
  async function open(...answers: ((response: ServerResponse) => void)[]) {
    const resumes: (string | undefined)[] = [];
    server = createServer((request, response) => {
      resumes.push(request.headers['last-event-id'] as string | undefined);
      const answer = answers[resumes.length - 1];
      if (answer) answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const readRefusal = async ({ status }: Response) => ({ status });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const source = new FetchEventSource(url, { fetch, headers: { authorization: 'Bearer k' }, readRefusal });
    const seen: object[] = [];
    source.addEventListener('message', (event) => seen.push((event as StreamEvent).data as never));
    source.addEventListener('error', (event) => seen.push({ state: source.readyState, event }));
    return { source, seen, resumes };
  }
  const stream = (text: string) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).end(text);
  const until = async (condition: () => boolean) => {
    for (let i = 0; i < 200 && !condition(); i += 1) await wait(10);
    expect(condition()).toBe(true);
  };

  it('is reopened after it ends, starting after the last event', async () => {
    const { source, seen, resumes } = await open(
      stream('retry: 1\nid: 4\ndata: a\n\n'),
      (response) => response.destroy(),
      (response) => response.writeHead(503).end(),
      stream('id: 5\ndata: b\n\n'),
    );
    await until(() => resumes.length === 5);
    expect(resumes).toEqual([undefined, '4', '4', '4', '5']);
    expect(seen.filter((entry) => typeof entry === 'string')).toEqual(['a', 'b']);
    expect(seen).toContainEqual({ state: source.CONNECTING, event: { status: 503 } });
    source.close();
  });

  it('ends when the server rejects it permanently', async () => {
    for (const answer of [
      (response: ServerResponse) => response.writeHead(404).end(),
      (response: ServerResponse) => response.writeHead(204).end(),
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>A portal</p>'),
    ]) {
      const { source, seen, resumes } = await open(answer, stream(''));
      await until(() => seen.length === 1);
      expect(seen[0]).toMatchObject({ state: source.CLOSED });
      await wait(30);
      expect(resumes).toHaveLength(1);
      server.close();
    }
  });

  it('closes the connection and emits nothing more after it is closed', async () => {
    let isOpen = false;
    const { source, seen } = await open((response) => {
      isOpen = true;
      response.on('close', () => {
        isOpen = false;
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: a\n\n');
    });
    await until(() => seen.length === 1);
    source.close();
    await until(() => !isOpen);
    expect(seen).toEqual(['a']);
  });
});
