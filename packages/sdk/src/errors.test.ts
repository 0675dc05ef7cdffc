import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  APIConnectionError,
  BadRequestError,
  CancelledError,
  Lorebox,
  LoreboxError,
  MalformedResponseError,
  ServerError,
} from './index.ts';

const rejection = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => null,
    (error: unknown) => error,
  );

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answerWith = (status: number, body: string) =>
  new Lorebox({
    apiKey: null,
    maxRetries: 0,
    fetch: async () => new Response(body, { status, headers: { 'content-type': 'application/json' } }),
  });

const trpcError = (data: object) =>
  JSON.stringify([{ error: { json: { message: 'scopes: Required', code: -32600, data: { code: 'X', ...data } } } }]);

describe('an error', () => {
  it('of the connection has the code of its cause and prints at most five lines', async () => {
    const baseUrl = `http://127.0.0.1:${await unusedPort()}`;
    const error = await rejection(new Lorebox({ baseUrl, apiKey: null, maxRetries: 0 }).status());
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toMatchObject({ code: 'CONNECTION', causeCode: 'ECONNREFUSED', status: null, isRetryable: true });
    const printed = inspect(error);
    expect(printed).toContain(`APIConnectionError: Can't reach ${baseUrl}: connect ECONNREFUSED 127.0.0.1:`);
    expect(printed.split('\n').length).toBeLessThanOrEqual(5);
  });

  it('of a host with several addresses has their code', async () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    const fetch = async () => {
      throw new TypeError('fetch failed', { cause: new AggregateError([refused]) });
    };
    const error = await rejection(new Lorebox({ fetch, apiKey: null, maxRetries: 0 }).status());
    expect(error).toMatchObject({ causeCode: 'ECONNREFUSED', message: expect.stringMatching(/: ECONNREFUSED$/) });
  });

  it('of the input names the fields', async () => {
    const fields = [{ path: 'scopes', message: 'Required' }];
    const body = trpcError({ appCode: 'BAD_REQUEST', httpStatus: 400, requestId: 'r1', retryAfter: null, fields });
    const error = await rejection(answerWith(400, body).workspaces.list());
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ fields, requestId: 'r1' });
    expect(inspect(error)).toContain('(BAD_REQUEST, status 400, request r1)');
  });

  it('of a cancelled request is not a server error', async () => {
    const body = trpcError({ appCode: 'CANCELLED', httpStatus: 499, requestId: null, retryAfter: null, fields: [] });
    expect(await rejection(answerWith(499, body).workspaces.list())).toBeInstanceOf(CancelledError);
  });

  it('of another program says so', async () => {
    const error = await rejection(answerWith(200, '<html>').workspaces.list());
    expect(error).toBeInstanceOf(MalformedResponseError);
    expect(error).toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('may not be Lorebox') });
    expect(await rejection(answerWith(200, '{}').workspaces.list())).toMatchObject({ code: 'MALFORMED', status: 200 });
    const proxy = await rejection(answerWith(502, '{}').workspaces.list());
    expect(proxy).toBeInstanceOf(ServerError);
    expect(proxy).toMatchObject({ code: 'HTTP_502', status: 502, isRetryable: true });
  });

  it('prints a long message on one line', () => {
    expect(inspect(new LoreboxError('INTERNAL', 'one\n  two')).split('\n')[0]).toBe('LoreboxError: one two');
  });
});
