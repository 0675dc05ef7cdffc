import { AppError } from '@lorebox/contract/errors';
import type { SourceResponse } from '@lorebox/ports/connector';
import { TestClock } from '@lorebox/testkit/test-core/test-clock';
import { describe, expect, it } from 'vitest';
import { createPacedFetch, type PaceOptions } from './paced-fetch.ts';

const START = new Date('2026-01-01T00:00:00Z');

type Answer = { status: number; headers?: Record<string, string> } | Error;

function paced(answers: Answer[], options: Partial<PaceOptions> = {}) {
  const clock = new TestClock(START);
  /** Times of the requests, in milliseconds since the start. */
  const requestTimes: number[] = [];
  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (!signal?.aborted) clock.advance(ms);
  }
  const fetch = createPacedFetch(
    async () => {
      requestTimes.push(clock.now() - START.getTime());
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof Error) throw next;
      return {
        url: new URL('https://example.com/x'),
        drop: async () => {},
        ...next,
        header: headerOf(next),
      } as SourceResponse;
    },
    {
      requestsPerSecond: 1000,
      retryDelaysMs: [1, 1],
      longestWaitMs: 2000,
      signal: new AbortController().signal,
      clock,
      sleep,
      ...options,
    },
  );
  return { fetch: () => fetch('https://example.com/x'), requestTimes };
}

const headerOf = (answer: Answer | undefined) => (name: string) =>
  (answer && 'headers' in answer && answer.headers?.[name]) || null;

describe('a request of a sync run', () => {
  it('is sent at the pace of the source', async () => {
    const { fetch, requestTimes } = paced([{ status: 200 }], { requestsPerSecond: 50 });
    for (let i = 0; i < 4; i += 1) await fetch();
    expect(requestTimes).toEqual([0, 20, 40, 60]);
  });

  it('is retried after 429, 5xx and a broken connection, and fails with the last error', async () => {
    const broken = new AppError('SOURCE_FAILED', 'broken');
    for (const fault of [{ status: 429 }, { status: 503 }, { status: 500 }, broken]) {
      const { fetch, requestTimes } = paced([fault, fault, { status: 200 }]);
      expect((await fetch()).status).toBe(200);
      expect(requestTimes).toHaveLength(3);
      await expect(paced([fault]).fetch()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    }
    const refused = new AppError('URL_REFUSED');
    const { fetch, requestTimes } = paced([refused]);
    await expect(fetch()).rejects.toBe(refused);
    expect(requestTimes).toHaveLength(1);
  });

  it('waits as long as the server asks, and postpones the sync run if that is too long', async () => {
    const soon = paced([{ status: 429, headers: { 'retry-after': '1.5' } }, { status: 200 }]);
    await soon.fetch();
    expect(soon.requestTimes).toEqual([0, 1500]);
    const late = paced([{ status: 503, headers: { 'retry-after': '600' } }]);
    await expect(late.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 600 });
    const date = new Date(START.getTime() + 3_600_000).toUTCString();
    const byDate = paced([{ status: 429, headers: { 'retry-after': date } }]);
    await expect(byDate.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const reset = String(START.getTime() / 1000 + 900);
    const github = paced([{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } }]);
    await expect(github.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('reports rejected credentials, and returns every other response', async () => {
    await expect(paced([{ status: 401 }]).fetch()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    await expect(paced([{ status: 403 }]).fetch()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    for (const status of [200, 304, 404, 410, 501]) expect((await paced([{ status }]).fetch()).status).toBe(status);
  });

  it('ends immediately when the sync run is aborted', async () => {
    const controller = new AbortController();
    const retry = { signal: controller.signal, retryDelaysMs: [60_000] };
    const { fetch } = paced([{ status: 503 }], {
      ...retry,
      sleep: async () => controller.abort(new Error('aborted')),
    });
    await expect(fetch()).rejects.toThrow('aborted');
    await expect(fetch()).rejects.toThrow('aborted');
  });
});
