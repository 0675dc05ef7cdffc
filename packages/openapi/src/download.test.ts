import { initTRPC } from '@trpc/server';
import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createOpenApiDocument } from './document.ts';
import type { WithOpenApi } from './meta.ts';
import { mountOpenApi } from './mount.ts';
import type { Problem } from './problem.ts';

const t = initTRPC.meta<WithOpenApi>().create();
const scans = t.router({
  scan: t.procedure
    .meta({ openapi: { method: 'GET', path: '/books/{id}/scan', download: ['application/pdf'] } })
    .input(z.object({ id: z.number() }))
    .output(z.object({ length: z.number() }))
    .query(({ input }) => ({ length: input.id })),
});

let opened = 0;
let closed = 0;

const app = new Hono();
mountOpenApi(app, scans, {
  createContext: () => ({}),
  toProblem: ({ message }): Problem => ({
    ...{ type: 'about:blank', title: 'Wrong', status: 400, detail: message, code: 'BAD', requestId: null },
  }),
  async openDownload(output) {
    const { length } = output as { length: number };
    return {
      size: length,
      contentType: 'application/pdf',
      filename: `"a\r\nb"/ü ${length}.pdf`,
      tag: `v${length}`,
      async *read(start, end) {
        opened += 1;
        try {
          for (let i = start; i < end; i += 4) yield Uint8Array.from({ length: Math.min(4, end - i) }, (_, n) => i + n);
        } finally {
          closed += 1;
        }
      },
    };
  },
});

const get = (headers: Record<string, string> = {}, id = 10, method = 'GET') =>
  app.request(`/books/${id}/scan`, { method, headers });
const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

beforeEach(() => {
  opened = 0;
  closed = 0;
});

describe('a download', () => {
  it('returns the whole file with a header-safe filename', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '10',
      etag: '"v10"',
      'content-disposition': `attachment; filename="_ab_/_ 10.pdf"; filename*=UTF-8''%22ab%22%2F%C3%BC%2010.pdf`,
    });
    expect(await bytesOf(response)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['bytes=0-0', [0]],
    ['bytes=3-5', [3, 4, 5]],
    ['bytes=8-', [8, 9]],
    ['bytes=-3', [7, 8, 9]],
    ['bytes=-100', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['bytes=5-100', [5, 6, 7, 8, 9]],
  ])('returns a part of the file: %s', async (range, expected) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    const [first, last] = [expected[0], expected.at(-1)];
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/10`);
    expect(response.headers.get('content-length')).toBe(String(expected.length));
    expect(await bytesOf(response)).toEqual(expected);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('returns 416 for an unsatisfiable range: %s', async (range) => {
    const response = await get({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
    expect(await response.json()).toMatchObject({ status: 416, code: 'RANGE_NOT_SATISFIABLE' });
  });

  it.each(['', 'bytes', 'bytes=', 'bytes=-', 'bytes=5-3', 'bytes=1-2,4-5', 'items=0-1', 'bytes=0x1-2'])(
    'returns the whole file for an invalid range: "%s"',
    async (range) => expect((await get({ range })).status).toBe(200),
  );

  it('returns 304 to clients with the current version, and never mixes two versions', async () => {
    expect((await get({ 'if-none-match': '"v10"' })).status).toBe(304);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"v10"' })).status).toBe(206);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"v9"' })).status).toBe(200);
  });

  it('opens nothing for HEAD or an empty file, and closes interrupted downloads', async () => {
    expect((await get({}, 10, 'HEAD')).headers.get('content-length')).toBe('10');
    expect(await bytesOf(await get({}, 0))).toEqual([]);
    expect(opened).toBe(0);
    const reader = (await get()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect([opened, closed]).toEqual([1, 1]);
  });

  it('documents its ranges', () => {
    const document = createOpenApiDocument(scans, { info: { title: 'Scans', version: '1' } });
    const responses = document.paths['/books/{id}/scan']?.get?.responses as Record<string, { content?: object }>;
    expect(Object.keys(responses)).toEqual(['200', '206', '304', '416']);
    expect(responses['206']?.content).toEqual({ 'application/pdf': { schema: { type: 'string', format: 'binary' } } });
  });
});
