import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryIdempotencyStore, createOpenApiDocument, mountOpenApi, type WithOpenApi } from './index.ts';

// A bookshop: a router unrelated to the one this package was written for.
const t = initTRPC.context<{ who: string | null }>().meta<WithOpenApi>().create();
const Genre = z.enum(['novel', 'poetry', '1984']).meta({ id: 'Genre' });
const Book = z
  .object({ id: z.number().int(), title: z.string(), genre: Genre, published: z.date(), isbn: z.string().nullable() })
  .meta({ id: 'Book' });
const Filter = z.object({
  page: z.number().int().min(1).default(1),
  inStock: z.boolean().optional(),
  genres: z.array(Genre).optional(),
  years: z.array(z.number()).optional(),
  since: z.date().optional(),
  price: z.union([z.number(), z.enum(['any'])]).optional(),
  code: z.union([z.string(), z.number()]).optional(),
  shelf: z.literal(7).optional(),
  note: z.string().nullable().optional(),
  cursor: z.string().optional(),
});
const Contact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), address: z.string(), since: z.date() }),
  z.object({ kind: z.literal('phone'), number: z.string(), since: z.string() }),
]);
let orders = 0;

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (ctx.who === null) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'who are you?' });
  return next();
});

const router = t.router({
  books: t.router({
    list: t.procedure
      .meta({ openapi: { method: 'GET', path: '/books', tags: ['books'], summary: 'List', public: true } })
      .input(Filter)
      .output(z.object({ seen: z.unknown(), nextCursor: z.string().nullable() }))
      .query(({ input }) => ({ seen: describeTypes(input), nextCursor: input.cursor === 'last' ? null : 'n 2' })),
    newest: t.procedure
      .meta({ openapi: { method: 'GET', path: '/books/newest', public: true } })
      .output(Book)
      .query(() => ({ id: 0, title: 'New', genre: 'novel' as const, published: new Date(0), isbn: null })),
    get: t.procedure
      .meta({ openapi: { method: 'GET', path: '/books/{id}', headers: { 'X-Edition': 'edition' } } })
      .input(z.object({ id: z.number().int(), edition: z.number().optional() }))
      .output(Book)
      .query(({ input }) => {
        if (input.id === 404) throw new TRPCError({ code: 'NOT_FOUND', message: 'no such book' });
        return {
          id: input.id,
          title: `Edition ${input.edition}`,
          genre: 'poetry' as const,
          published: new Date('2020-02-03T04:05:06.007Z'),
          isbn: null,
        };
      }),
    upload: t.procedure
      .meta({
        openapi: { method: 'POST', path: '/books/{id}/cover', contentType: 'multipart/form-data', status: 204 },
      })
      .input(z.custom<string>())
      .mutation(({ input }) => void covers.push(input)),
  }),
  order: signedIn
    .meta({ openapi: { method: 'POST', path: '/books/{id}/orders', status: 201, operationId: 'placeOrder' } })
    .input(z.object({ id: z.number().int() }))
    .input(z.object({ copies: z.number().int().min(1), by: z.date().optional(), contact: Contact.optional() }))
    .output(z.object({ number: z.number(), seen: z.unknown() }))
    .mutation(({ input }) => {
      orders += 1;
      if (input.copies === 13) throw new TRPCError({ code: 'CONFLICT', message: 'unlucky' });
      return { number: orders, seen: describeTypes(input) };
    }),
  follow: t.procedure
    .meta({
      openapi: { method: 'GET', path: '/books/{id}/events', event: z.object({ type: z.string(), n: z.number() }) },
    })
    .input(z.object({ id: z.number(), lastEventId: z.string().optional() }))
    .output(z.custom<AsyncIterable<unknown>>())
    .subscription(async function* ({ input }) {
      if (input.id === 404) throw new TRPCError({ code: 'NOT_FOUND', message: 'no such book' });
      for (let n = Number(input.lastEventId ?? 0) + 1; n <= 3; n += 1) yield tracked(String(n), { type: 'sold', n });
      if (input.id === 500) throw new Error('torn');
    }),
  sales: t.procedure
    .meta({ openapi: { method: 'GET', path: '/sales', event: z.object({ n: z.number() }), endless: true } })
    .input(z.object({ n: z.number() }))
    .output(z.custom<AsyncIterable<unknown>>())
    .subscription(async function* ({ input, signal }) {
      for (let n = 1; n <= input.n; n += 1) yield tracked(String(n), { n });
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      salesLeft += 1;
    }),
  hidden: t.procedure.query(() => 'not a route'),
});

const covers: string[] = [];
let salesLeft = 0;

/** Describes the input, including types that JSON would lose. */
function describeTypes(value: unknown): unknown {
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (Array.isArray(value)) return value.map(describeTypes);
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, describeTypes(item)]));
}

function createApp(): Hono {
  const app = new Hono();
  const store = createMemoryIdempotencyStore();
  mountOpenApi(app, router, {
    prefix: '/api',
    createContext: (c) => ({ who: c.req.header('x-user') ?? null }),
    toProblem: ({ code, message }) => {
      const status = { NOT_FOUND: 404, UNAUTHORIZED: 401, CONFLICT: 409, UNPROCESSABLE_CONTENT: 422 }[code as string];
      const known = status ?? (code === 'UNSUPPORTED_MEDIA_TYPE' ? 415 : code === 'BAD_REQUEST' ? 400 : 500);
      return { type: 'about:blank', title: code, status: known, detail: message, code, requestId: 'r1' };
    },
    readForm: async (c) => `${c.req.param('id')} ${(await c.req.raw.text()).length > 0}`,
    idempotency: {
      async open(c) {
        const scope = c.req.header('x-user');
        return scope === undefined ? null : { store, scope };
      },
    },
  });
  return app;
}

const app = createApp();
const get = (path: string, headers: Record<string, string> = {}) => app.request(`/api${path}`, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(`/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': 'ann', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const seen = async (response: Response | Promise<Response>) =>
  ((await (await response).json()) as { seen: unknown }).seen;

describe('input', () => {
  it('reads query strings as defined by the schema', async () => {
    const query =
      'page=3&inStock=false&genres=novel&genres=1984&years=1999&years=2000.5&since=2024-05-06&price=9.5&code=12&shelf=7';
    expect(await seen(get(`/books?${query}`))).toEqual({
      page: 'number 3',
      inStock: 'boolean false',
      genres: ['string novel', 'string 1984'],
      years: ['number 1999', 'number 2000.5'],
      since: 'date 2024-05-06T00:00:00.000Z',
      price: 'number 9.5',
      code: 'number 12',
      shelf: 'number 7',
    });
    expect(await seen(get('/books'))).toEqual({ page: 'number 1' });
    expect(await seen(get('/books?price=any&genres=poetry&note=null&unknown=1'))).toMatchObject({
      price: 'string any',
      genres: ['string poetry'],
    });
  });

  it.each(['page=one', 'page=1.5', 'inStock=yes', 'since=yesterday', 'genres=prose', 'shelf=8', 'price=', 'page='])(
    'rejects %s and names the parameter',
    async (query) => {
      const response = await get(`/books?${query}`);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(((await response.json()) as { detail: string }).detail).toContain(query.split('=')[0]);
    },
  );

  it('leaves the schemas unchanged: tRPC still rejects text for a number', async () => {
    await get('/books?page=3');
    expect(Filter.safeParse({ page: '3' }).success).toBe(false);
    const caller = t.createCallerFactory(router)({ who: null });
    await expect(caller.books.list({ page: '3' as never })).rejects.toThrow();
  });

  it('merges path, headers and body of all input schemas, with dates in JSON', async () => {
    const book = await get('/books/12', { 'x-edition': '3' });
    expect(await book.json()).toMatchObject({ id: 12, title: 'Edition 3', published: '2020-02-03T04:05:06.007Z' });
    const body = { id: 99, copies: 2, by: '2030-01-01T00:00:00Z' };
    expect(await seen(post('/books/12/orders', body))).toEqual({
      id: 'number 12',
      copies: 'number 2',
      by: 'date 2030-01-01T00:00:00.000Z',
    });
    const contact = { kind: 'phone', number: '1', since: '2030-01-01T00:00:00Z' };
    expect(await seen(post('/books/12/orders', { copies: 1, contact }))).toMatchObject({
      contact: { since: 'string 2030-01-01T00:00:00Z' },
    });
    const mail = { kind: 'mail', address: 'a', since: '2030-01-01' };
    expect(await seen(post('/books/12/orders', { copies: 1, contact: mail }))).toMatchObject({
      contact: { since: 'date 2030-01-01T00:00:00.000Z' },
    });
  });

  it('reports what is wrong with a body', async () => {
    const cases: [string, string, Record<string, string>, number][] = [
      ['torn', '{"copies":', {}, 400],
      ['a list', '[]', {}, 400],
      ['text', '"x"', {}, 400],
      ['null', 'null', {}, 400],
      ['nothing', '', {}, 400],
      ['another type', 'copies=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['a number as text', '{"copies":"2"}', {}, 400],
      ['a prototype', '{"__proto__":{"copies":1}}', {}, 400],
    ];
    for (const [name, body, headers, status] of cases) {
      expect((await post('/books/12/orders', body, headers)).status, name).toBe(status);
    }
  });

  it('passes forms to the form reader', async () => {
    const body = new FormData();
    body.append('file', new Blob(['x']), 'x.png');
    const response = await app.request('/api/books/5/cover', { method: 'POST', body });
    expect(response.status).toBe(204);
    expect(covers).toEqual(['5 true']);
  });
});

describe('responses', () => {
  it('have the status and a link to the next page', async () => {
    const response = await get('/books?page=2&cursor=n+1');
    expect(response.headers.get('link')).toBe('</api/books?page=2&cursor=n+2>; rel="next"');
    expect((await get('/books?cursor=last')).headers.get('link')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await post('/books/1/orders', { copies: 1 })).status).toBe(201);
  });

  it('prefer fixed paths over parameters', async () => {
    expect(await (await get('/books/newest')).json()).toMatchObject({ title: 'New' });
  });

  it('are problems with a stable code on errors', async () => {
    const missing = await get('/books/404');
    expect([missing.status, await missing.json()]).toEqual([
      404,
      {
        type: 'about:blank',
        title: 'NOT_FOUND',
        status: 404,
        detail: 'no such book',
        code: 'NOT_FOUND',
        requestId: 'r1',
      },
    ]);
    const anonymous = await app.request('/api/books/1/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"copies":1}',
    });
    expect(anonymous.status).toBe(401);
  });

  it('list the allowed methods of a path', async () => {
    const wrong = await app.request('/api/books/1/events', { method: 'PUT', body: '{}' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(await wrong.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    const asked = await app.request('/api/books/1/events', { method: 'OPTIONS' });
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await app.request('/api/nowhere', { method: 'PUT' })).status).toBe(404);
  });
});

describe('streams', () => {
  it('are server-sent events with ids and names, and resume after the last seen event', async () => {
    const response = await get('/books/1/events');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const event = (n: number) => `event: sold\ndata: {"type":"sold","n":${n}}\nid: ${n}\n\n`;
    expect(await response.text()).toBe(event(1) + event(2) + event(3));
    expect(await (await get('/books/1/events', { 'last-event-id': '2' })).text()).toBe(event(3));
    expect(await (await get('/books/1/events?lastEventId=1')).text()).toBe(event(2) + event(3));
    expect((await get('/books/1/events', { 'last-event-id': '3' })).status).toBe(204);
  });

  it('are collected for clients that accept JSON', async () => {
    const response = await get('/books/1/events', { accept: 'application/json' });
    expect(await response.json()).toEqual([1, 2, 3].map((n) => ({ type: 'sold', n })));
  });

  it('that are endless return the available events to clients that accept JSON, then close', async () => {
    const response = await get('/sales?n=3', { accept: 'application/json' });
    expect(await response.json()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await expect.poll(() => salesLeft).toBe(1);
  });

  it('fail with a status before the first event, and with an event after it', async () => {
    expect((await get('/books/404/events')).status).toBe(404);
    const text = await (await get('/books/500/events')).text();
    expect(text).toContain('id: 3');
    expect(text).toMatch(/event: error\ndata: \{.*"code":"INTERNAL_SERVER_ERROR"/);
  });
});

describe('Idempotency-Key', () => {
  it('runs a request once and repeats the same response', async () => {
    const before = orders;
    const send = (body: unknown, key = 'k-1', user = 'ann') =>
      post('/books/1/orders', body, { 'idempotency-key': key, 'x-user': user });
    const [first, second] = [await send({ copies: 1 }), await send({ copies: 1 })];
    expect(await second.json()).toEqual(await first.json());
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect(orders).toBe(before + 1);
    expect((await send({ copies: 2 })).status).toBe(422);
    expect((await send({ copies: 1 }, 'k-1', 'bob')).status).toBe(201);
    expect((await send({ copies: 1 }, 'a key')).status).toBe(400);
    expect(orders).toBe(before + 2);
  });

  it('allows a retry after a failure, and returns the same response to a concurrent duplicate', async () => {
    const before = orders;
    const send = (copies: number) => post('/books/1/orders', { copies }, { 'idempotency-key': `n-${copies}` });
    expect([(await send(13)).status, (await send(13)).status]).toEqual([409, 409]);
    expect(orders).toBe(before + 2);
    const both = await Promise.all([send(3), send(3)]);
    const [first, second] = await Promise.all(both.map((response) => response.json()));
    expect(second).toEqual(first);
    expect(orders).toBe(before + 3);
  });
});

describe('the memory store', () => {
  it('removes expired entries, and the oldest when it is full', async () => {
    let now = 0;
    const store = createMemoryIdempotencyStore({ ttlMs: 1000, maxEntries: 3, maxSize: 100 }, () => now);
    const finish = async (key: string, body: string) => {
      await store.claim('s', key, 'f');
      await store.finish('s', key, { status: 200, headers: {}, body });
    };
    const stateOf = async (key: string) => (await store.claim('s', key, 'f')).state;
    await finish('a', 'x');
    expect([await stateOf('a'), (await store.claim('s', 'a', 'other')).state]).toEqual(['done', 'mismatch']);
    now = 1000;
    expect(await stateOf('a')).toBe('new');
    await finish('b', 'x'.repeat(60));
    await finish('c', 'x'.repeat(60));
    expect([await stateOf('c'), await stateOf('b')]).toEqual(['done', 'new']);
    for (const key of ['d', 'e', 'f', 'g']) await finish(key, 'x');
    expect([await stateOf('g'), await stateOf('d')]).toEqual(['done', 'new']);
  });
});

describe('routers that can’t be mounted', () => {
  const mount = (path: `/${string}`, other: `/${string}`) =>
    mountOpenApi(
      new Hono(),
      t.router({
        a: t.procedure.meta({ openapi: { method: 'GET', path } }).query(() => 1),
        b: t.procedure
          .meta({ openapi: { method: 'GET', path: other } })
          .input(z.object({ y: z.string() }))
          .query(() => 1),
      }),
      { createContext: () => ({}), toProblem: () => expect.fail() },
    );
  it('throw when they are mounted', () => {
    expect(() => mount('/x/{id}', '/y/{y}')).toThrow('{id}');
    expect(() => mount('/x', '/x')).toThrow('same route');
  });
});

describe('the document', () => {
  const document = createOpenApiDocument(router, {
    info: { title: 'Bookshop', version: '1' },
    servers: [{ url: '/api' }],
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    problems: { 404: 'There is none.' },
    webhooks: { sold: { summary: 'A book was sold', body: Book } },
  });

  it('describes routes, parameters, bodies, streams and errors', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/books',
      '/books/newest',
      '/books/{id}',
      '/books/{id}/cover',
      '/books/{id}/events',
      '/books/{id}/orders',
      '/sales',
    ]);
    const list = document.paths['/books']?.get;
    expect(list?.security).toEqual([]);
    expect(list?.parameters).toContainEqual({ name: 'page', in: 'query', required: false, schema: expect.anything() });
    expect(list?.parameters).toContainEqual({
      name: 'since',
      in: 'query',
      required: false,
      schema: { type: 'string', format: 'date-time' },
    });
    expect(document.paths['/books/{id}']?.get?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: expect.objectContaining({ type: 'integer' }) },
      { name: 'X-Edition', in: 'header', required: false, schema: { type: 'number' } },
    ]);
    const order = document.paths['/books/{id}/orders']?.post;
    expect(order).toMatchObject({ operationId: 'placeOrder', requestBody: { required: true } });
    expect(Object.keys(order?.responses ?? {})).toEqual(['201', '404']);
    expect(document.components.schemas.PlaceOrderBody).toMatchObject({ required: ['copies'] });
    const stream = document.paths['/books/{id}/events']?.get;
    expect(Object.keys((stream?.responses['200'] as { content?: object } | undefined)?.content ?? {})).toEqual([
      'text/event-stream',
      'application/json',
    ]);
    expect(Object.keys(document.webhooks as object)).toEqual(['sold']);
  });

  it('uses the names of the schemas', () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual(['Book', 'Genre', 'PlaceOrderBody', 'Problem']);
    expect(document.components.schemas.Book?.properties?.genre).toEqual({ $ref: '#/components/schemas/Genre' });
    expect(document.components.schemas.Book?.properties?.published).toEqual({ type: 'string', format: 'date-time' });
  });

  it('has what client generators need: discriminators for unions, and one type per schema', () => {
    const Sold = z.object({ type: z.literal('sold'), to: z.string() }).meta({ id: 'Sold' });
    const Lost = z.object({ type: z.literal('lost'), shelf: z.union([z.string(), z.number()]) }).meta({ id: 'Lost' });
    const Fate = z.discriminatedUnion('type', [Sold, Lost]).meta({ id: 'Fate' });
    const nameless = z.discriminatedUnion('type', [Sold, z.object({ type: z.literal('burned') })]);
    const fate = t.procedure
      .meta({ openapi: { method: 'GET', path: '/fate' } })
      .output(z.object({ fate: Fate, nameless, note: z.string().nullable() }))
      .query(() => expect.fail());
    const { paths, components } = createOpenApiDocument(t.router({ fate }), { info: { title: 'Fates', version: '1' } });
    const ref = (name: string) => `#/components/schemas/${name}`;
    expect(components.schemas.Fate).toEqual({
      oneOf: [{ $ref: ref('Sold') }, { $ref: ref('Lost') }],
      discriminator: { propertyName: 'type', mapping: { sold: ref('Sold'), lost: ref('Lost') } },
    });
    expect(components.schemas.Lost?.properties?.shelf).toEqual({ anyOf: [{ type: 'string' }, { type: 'number' }] });
    expect(paths['/fate']?.get?.responses['200']).toMatchObject({
      content: {
        'application/json': {
          schema: {
            properties: {
              // OpenAPI has no discriminator for unnamed members.
              nameless: { oneOf: [{ $ref: ref('Sold') }, expect.anything()] },
              note: { type: ['string', 'null'] },
            },
          },
        },
      },
    });
    expect(JSON.stringify(paths)).not.toContain('discriminator');
  });
});
