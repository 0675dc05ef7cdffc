import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  APIConnectionError,
  APITimeoutError,
  AuthenticationError,
  BadRequestError,
  Lorebox,
  LoreboxError,
  type LoreboxOptions,
  NotFoundError,
  PermissionDeniedError,
  ServerError,
} from './index.ts';

let server: LoreboxProcess;

beforeAll(async () => {
  server = await startLorebox();
});
afterAll(async () => {
  await server.dispose();
});

const connect = (options: LoreboxOptions = {}) =>
  new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, ...options });

/** A fetch whose first calls go through `faults`, one each. Later calls succeed. */
function faulty(...faults: ((call: () => Promise<Response>) => Promise<Response>)[]) {
  const state = { calls: 0 };
  const fetch: typeof globalThis.fetch = (input, init) => {
    const fault = faults[state.calls];
    state.calls += 1;
    const call = () => globalThis.fetch(input, init);
    return fault ? fault(call) : call();
  };
  return { fetch, state };
}

const loseAnswer = async (call: () => Promise<Response>): Promise<Response> => {
  await call();
  throw new TypeError('the line is dead');
};
const answer =
  (status: number, headers: Record<string, string> = {}) =>
  async () =>
    new Response('{}', { status, headers });

async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('a call', () => {
  it('is retried after a lost response, and runs only once', async () => {
    const { fetch, state } = faulty(loseAnswer, loseAnswer);
    const created = await connect({ fetch }).workspaces.create({ name: 'Lost and found' });
    expect(state.calls).toBe(3);
    const all = await connect().workspaces.list().toArray();
    expect(all.filter(({ name }) => name === 'Lost and found').map(({ id }) => id)).toEqual([created.id]);
  });

  it('runs only once with the same idempotency key', async () => {
    const create = () => connect().workspaces.create({ name: 'Mine' }, { idempotencyKey: 'job-17' });
    expect((await create()).id).toBe((await create()).id);
    const other = connect().workspaces.create({ name: 'Yours' }, { idempotencyKey: 'job-17' });
    expect(await rejection(other)).toMatchObject({ code: 'UNPROCESSABLE', status: 422 });
  });

  it('fails after maxRetries, and immediately if a retry makes no sense', async () => {
    const down = faulty(...Array.from({ length: 9 }, () => answer(503)));
    expect(await rejection(connect({ fetch: down.fetch, maxRetries: 1 }).workspaces.list())).toBeInstanceOf(
      LoreboxError,
    );
    expect(down.state.calls).toBe(2);
    const good = faulty();
    expect(await rejection(connect({ fetch: good.fetch }).workspaces.get('none'))).toBeInstanceOf(NotFoundError);
    expect(good.state.calls).toBe(1);
  });

  it('fails after its timeout, or when its signal aborts', async () => {
    const hang: typeof globalThis.fetch = (_input, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const slow = connect({ fetch: hang, timeout: 50, maxRetries: 0 });
    const error = await rejection(slow.status());
    expect(error).toBeInstanceOf(APITimeoutError);
    expect(error).toMatchObject({ code: 'TIMED_OUT', isRetryable: true });
    const reason = new Error('changed my mind');
    const signal = AbortSignal.timeout(50);
    expect(await rejection(connect({ fetch: hang }).status({ signal }))).toMatchObject({ name: 'TimeoutError' });
    expect(await rejection(connect().status({ signal: AbortSignal.abort(reason) }))).toBe(reason);
  });
});

describe('errors', () => {
  it('have a class, a code, a status and a request id', async () => {
    const lorebox = connect();
    const { key } = await lorebox.apiKeys.create({ name: 'narrow', scopes: ['chat'] });
    const cases: [() => PromiseLike<unknown>, typeof LoreboxError, string, number | null][] = [
      [() => connect({ apiKey: 'lbx_wrong' }).workspaces.list(), AuthenticationError, 'UNAUTHENTICATED', 401],
      [() => connect({ apiKey: key }).workspaces.list(), PermissionDeniedError, 'FORBIDDEN', 403],
      [() => lorebox.documents.get('doc_unknown0000'), NotFoundError, 'NOT_FOUND', 404],
      [() => lorebox.workspaces.list({ limit: 0 }), BadRequestError, 'BAD_REQUEST', 400],
      [
        () => connect({ baseUrl: 'http://127.0.0.1:1', maxRetries: 0 }).status(),
        APIConnectionError,
        'CONNECTION',
        null,
      ],
    ];
    for (const [call, kind, code, status] of cases) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ name: kind.name, code, status, isRetryable: status === null });
      if (status !== null) expect((error as LoreboxError).requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('end a stream that the server keeps rejecting, instead of hanging', async () => {
    const pulled = (async () => {
      for await (const _ of connect().models.pull('ollama:none'));
    })();
    expect(await rejection(pulled)).toBeInstanceOf(ServerError);
  });
});

describe('a response', () => {
  it('is returned with the data of any call: queries, mutations, lists and uploads', async () => {
    const lorebox = connect();
    const made = await lorebox.withResponse((options) => lorebox.workspaces.create({ name: 'Raw' }, options));
    const { slug } = made.data;
    expect(made.response).toMatchObject({ status: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const page = await lorebox.withResponse((options) => lorebox.workspaces.list({ limit: 1 }, options));
    expect(page.data.items).toHaveLength(1);
    expect(page.response.headers.get('content-type')).toBe('application/json');
    const file = { name: 'raw.txt', data: new Blob(['Raw.']) };
    const sent = await lorebox.withResponse((options) => lorebox.documents.upload(slug, [file], options));
    expect(sent.data.documents).toHaveLength(1);
    expect(sent.response.requestId).not.toBe(made.response.requestId);
    const gone = await lorebox.withResponse((options) => lorebox.workspaces.delete(slug, options));
    expect(gone.data).toBeUndefined();
  });

  it('is shared by the calls of one batch, and each gets its own data', async () => {
    const lorebox = connect();
    const get = (n: number) => lorebox.withResponse((options) => lorebox.workspaces.list({ limit: n }, options));
    const [one, two] = await Promise.all([get(1), get(2)]);
    expect(one.response.requestId).toBe(two.response.requestId);
    expect([one.data.items.length, two.data.items.length]).toEqual([1, 2]);
  });

  it('is reported for failed attempts, and errors in the callback reach the caller', async () => {
    const { fetch, state } = faulty(answer(429, { 'retry-after': '1' }));
    const limited = JSON.stringify({ error: { json: { message: 'Slowly.', code: -32029, data: {} } } });
    const slow: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      return response.status === 429 ? new Response(limited, response) : response;
    };
    const seen: number[] = [];
    await connect({ fetch: slow }).workspaces.create(
      { name: 'Seen' },
      { onResponse: ({ status }) => seen.push(status) },
    );
    expect(seen).toEqual([429, 200]);
    const missing = connect().workspaces.get('none', { onResponse: ({ status }) => seen.push(status) });
    expect(await rejection(missing)).toBeInstanceOf(NotFoundError);
    expect(seen).toEqual([429, 200, 404]);
    const before = state.calls;
    const clumsy = connect({ fetch: slow }).workspaces.create(
      { name: 'Clumsy' },
      {
        onResponse: () => {
          throw new RangeError('mine');
        },
      },
    );
    expect(await rejection(clumsy)).toEqual(new RangeError('mine'));
    expect(state.calls).toBe(before + 1);
  });

  it('that never arrives is an error with the reason', async () => {
    const lorebox = connect({ transport: 'ws' });
    expect(await rejection(lorebox.withResponse((options) => lorebox.status(options)))).toBeInstanceOf(TypeError);
    lorebox.close();
  });
});

describe('lists', () => {
  it('return the first page when awaited, and all items when looped over', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Pages' });
    await lorebox.documents.importTexts(
      slug,
      Array.from({ length: 7 }, (_, i) => ({ externalId: `${i}`, text: `Text ${i}.` })),
    );
    const list = lorebox.documents.list(slug, { limit: 3 });
    const first = await list;
    expect(first.items).toHaveLength(3);
    const ids = [];
    for await (const { externalId } of list) ids.push(externalId);
    expect(ids).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    const sizes = [];
    for await (const { items } of list.pages()) sizes.push(items.length);
    expect(sizes).toEqual([3, 3, 1]);
    expect(await list.toArray(4)).toHaveLength(4);
    expect(first.nextCursor).not.toBeNull();
    const rest = lorebox.documents.list(slug, { limit: 3, cursor: first.nextCursor ?? '' });
    expect(await rest.toArray()).toHaveLength(4);
    expect((await list).items[0]?.createdAt).toBeInstanceOf(Date);
  });
});
