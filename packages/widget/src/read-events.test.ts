import { expect, it } from 'vitest';
import { readEvents } from './read-events.ts';

const STREAM = 'event: ping\ndata: \n\ndata: {"a":"ü"}\nid: 4\n\n: comment\ndata: x\r\n\r\n';

it.each([1, 2, 3, 7, 100])('reads events in pieces of %d bytes', async (size) => {
  const bytes = new TextEncoder().encode(STREAM);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  expect(events).toEqual([
    { id: null, name: 'ping', data: '' },
    { id: '4', name: null, data: '{"a":"ü"}' },
    { id: null, name: null, data: 'x' },
  ]);
});
