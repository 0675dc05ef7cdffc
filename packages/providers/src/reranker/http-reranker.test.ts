import { startFakeReranker } from '@lorebox/testkit/fake-reranker';
import { testReranker } from '@lorebox/testkit/reranker-conformance';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpReranker } from './http-reranker.ts';

for (const isBareList of [false, true]) {
  testReranker(`a rerank server that answers ${isBareList ? 'a bare list' : 'results'}`, async () => {
    const double = await startFakeReranker({ isBareList });
    const reranker = createHttpReranker({ baseUrl: `${double.url}/v1`, apiKey: 'key', model: 'm' });
    return { reranker, close: () => double.close() };
  });
}

let double: Awaited<ReturnType<typeof startFakeReranker>>;
const ask = (baseUrl = `${double.url}/v1`) =>
  createHttpReranker({ baseUrl, apiKey: 'secret', model: 'm' }).score('q', ['a', 'b'], new AbortController().signal);

beforeAll(async () => {
  double = await startFakeReranker();
});
afterAll(() => double.close());

it.each([
  ['error-500', /responded with status 500.*out of memory/s],
  ['unauthorized', /LOREBOX_RERANK_API_KEY/],
  ['no-results', /unexpected response/],
  ['short', /too few scores/],
] as const)('explains what is wrong: %s', async (faults, message) => {
  double.faults = faults;
  await expect(ask()).rejects.toMatchObject({ code: 'RERANKER_FAILED', message: expect.stringMatching(message) });
  double.faults = 'none';
  expect(double.requests.at(-1)?.headers.authorization).toBe('Bearer secret');
});

it('reports an unreachable server', async () => {
  await expect(ask('http://127.0.0.1:9/v1')).rejects.toMatchObject({ code: 'RERANKER_FAILED' });
});
