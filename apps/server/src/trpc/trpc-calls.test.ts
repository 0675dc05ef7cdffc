import { transformer } from '@lorebox/api/transformer';
import type { Context } from '@lorebox/api/trpc';
import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readTrpcCalls, runTrpcCalls } from './trpc-calls.ts';

const t = initTRPC.context<Context>().create({ transformer, isDev: false });
const router = t.router({
  notes: t.router({
    get: t.procedure.input(z.object({ id: z.string(), at: z.date().optional() })).query(({ input }) => {
      if (input.id === 'none') throw new TRPCError({ code: 'NOT_FOUND', message: 'no such note' });
      return { ...input, at: input.at ?? new Date(5), tags: ['a'] };
    }),
    touch: t.procedure.input(z.object({ id: z.string() })).mutation(() => undefined),
    follow: t.procedure.input(z.object({ lastEventId: z.string().optional() })).subscription(async function* ({
      input,
    }) {
      for (let n = Number(input.lastEventId ?? 0) + 1; n <= 3; n += 1) yield tracked(String(n), { n, at: new Date(n) });
      if (input.lastEventId === '2') throw new TRPCError({ code: 'CONFLICT', message: 'gone' });
    }),
  }),
  time: t.procedure.query(() => new Date(7)),
});
const { serialize } = transformer.input;
const ctx = { signal: () => undefined } as unknown as Context;
const wire = (value: unknown) => encodeURIComponent(JSON.stringify(serialize(value)));
const batch = (...inputs: unknown[]) =>
  encodeURIComponent(JSON.stringify(Object.fromEntries(inputs.map((input, i) => [i, serialize(input)]))));

type Sent = [name: string, path: string, init?: RequestInit];
const json = { 'content-type': 'application/json' };
const post = (body: string): RequestInit => ({ method: 'POST', headers: json, body });

function parseBody(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause });
  }
}

async function ours(path: string, init?: RequestInit): Promise<Response | null> {
  const request = new Request(`http://localhost/trpc/${path}`, init);
  const url = new URL(request.url);
  const seen = {
    method: request.method,
    path: decodeURIComponent(url.pathname.slice('/trpc/'.length)),
    header: (name: string) => request.headers.get(name) ?? undefined,
    query: (name: string) => url.searchParams.get(name) ?? undefined,
    json: async () => parseBody(await request.text()),
  };
  const calls = readTrpcCalls(router, seen, 3);
  if (!calls) return null;
  const { status, body } = await runTrpcCalls(router, calls, seen, ctx, () => {});
  return new Response(body, { status });
}

const theirs = (path: string, init?: RequestInit) =>
  fetchRequestHandler({
    endpoint: '/trpc',
    router,
    req: new Request(`http://localhost/trpc/${path}`, init),
    createContext: () => ctx,
    maxBatchSize: 3,
    allowMethodOverride: true,
  });

/** Ignores the message about malformed JSON, which depends on the parser. */
const wording = (text: string) => JSON.parse(text, (key, value) => (key === 'message' ? '' : value));

/** Ignores blank lines and the order of fields in an event stream. */
const events = (text: string) =>
  text
    .split(/\n\n+/)
    .map((event) => event.split('\n').sort().join('\n'))
    .filter((event) => event !== '');

describe('calls over our own tRPC handler return the same response as tRPC’s', () => {
  const sent: Sent[] = [
    ['a query', `notes.get?input=${wire({ id: 'x', at: new Date(1) })}`],
    ['without input', 'time'],
    ['a query by POST', 'notes.get', post(JSON.stringify(serialize({ id: 'x' })))],
    ['a mutation that gives nothing', 'notes.touch', post(JSON.stringify(serialize({ id: 'x' })))],
    ['an error', `notes.get?input=${wire({ id: 'none' })}`],
    ['bad input', `notes.get?input=${wire({ id: 5 })}`],
    ['no input where one is wanted', 'notes.get'],
    ['input that is not JSON', 'notes.get?input=%7Bnope'],
    ['an empty body', 'notes.touch', post('')],
    ['input without an envelope', 'notes.get?input=null'],
    ['a batch', `notes.get,time?batch=1&input=${batch({ id: 'x' })}`],
    ['a batch of one', `time?batch=1&input=${batch()}`],
    ['a batch by POST', 'notes.touch,notes.touch?batch=1', post('{"0":{"json":{"id":"a"}},"1":{"json":{"id":"b"}}}')],
    ['a batch that fails in part', `notes.get,notes.get?batch=1&input=${batch({ id: 'x' }, { id: 'none' })}`],
    ['a batch that fails', `notes.get,notes.get?batch=1&input=${batch({ id: 'none' }, { id: 'none' })}`],
    ['a batch with a torn body', 'notes.touch?batch=1', post('{"0":')],
    ['a batch whose input is a list', 'notes.touch?batch=1', post('[]')],
    ['a batch whose input is text', 'notes.touch?batch=1', post('"x"')],
  ];
  it.each(sent)('%s', async (_name, path, init) => {
    const [mine, reference] = [await ours(path, init), await theirs(path, init)];
    expect(mine?.status).toBe(reference.status);
    expect(wording((await mine?.text()) ?? '')).toEqual(wording(await reference.text()));
  });

  const streams: Sent[] = [
    ['from the start', `notes.follow?input=${wire({})}`],
    ['after an event', `notes.follow?input=${wire({})}`, { headers: { 'last-event-id': '1' } }],
    ['after an event, by query', `notes.follow?input=${wire({})}&lastEventId=1`],
    ['that breaks', `notes.follow?input=${wire({ lastEventId: '2' })}`],
    ['with bad input', `notes.follow?input=${wire({ lastEventId: 2 })}`],
  ];
  it.each(streams)('a subscription %s', async (_name, path, init) => {
    const [mine, reference] = [await ours(path, init), await theirs(path, init)];
    expect(mine?.status).toBe(200);
    const [got, expected] = [events((await mine?.text()) ?? ''), events(await reference.text())];
    expect(got.slice(1)).toEqual(expected.slice(1));
    expect(got[0]).toContain('event: connected');
  });

  it('leaves unknown requests to tRPC', async () => {
    const form = { method: 'POST', body: new FormData() };
    const others: Sent[] = [
      ['unknown', 'notes.none'],
      ['inherited', 'constructor'],
      ['mixed', 'notes.get,notes.touch?batch=1', post('{}')],
      ['too many', 'time,time,time,time?batch=1'],
      ['mutation by GET', 'notes.touch'],
      ['form', 'notes.touch', form],
      ['no type', 'notes.touch', { method: 'POST', body: new Uint8Array(2) }],
      ['streamed batch', 'time?batch=1', { headers: { 'trpc-accept': 'application/jsonl' } }],
      ['batched subscription', 'notes.follow?batch=1'],
      ['HEAD', 'time', { method: 'HEAD' }],
    ];
    for (const [name, path, init] of others) expect(await ours(path, init), name).toBeNull();
  });
});
