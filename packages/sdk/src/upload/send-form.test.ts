import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sendForms } from './send-form.ts';
import { UploadForm } from './upload-form.ts';

const CHUNK = new Uint8Array(65_536);

it('a stream is read no faster than the connection accepts it', async () => {
  let received = 0;
  let go = () => {};
  const server = createServer((request, response) => {
    go = () => {
      request.on('data', (data: Buffer) => {
        received += data.length;
      });
      request.on('end', () => response.end('{}'));
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let read = 0;
  async function* generate() {
    for (let n = 0; n < 1000; n += 1) {
      read += CHUNK.length;
      yield CHUNK;
    }
  }
  const form = new UploadForm([['workspace', 'demo']], [{ name: 'big', stream: generate() }]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sent = sendForms(fetch)(url, { method: 'POST', body: form });
  await wait(300);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(16 * 1024 * 1024); // socket buffers of both sides; the whole stream is 64 MB
  go();
  expect((await sent).status).toBe(200);
  expect(read).toBe(1000 * CHUNK.length);
  expect(received).toBeGreaterThan(read);
  server.close();
});
