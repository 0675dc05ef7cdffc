import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createModelNetwork } from '@lorebox/providers/llm/patient-fetch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedLookup } from './pinned-agent.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());

it('connects to allowed hosts alone, for probes and answers', async () => {
  const open = createModelNetwork(guardedLookup(new URL(url), ['localhost:*']));
  for (const fetch of [open.probe, open.patient]) expect(await (await fetch(url)).text()).toBe('ok');
  const closed = createModelNetwork(guardedLookup(new URL(url), []));
  for (const fetch of [closed.probe, closed.patient])
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'URL_REFUSED' } });
});
