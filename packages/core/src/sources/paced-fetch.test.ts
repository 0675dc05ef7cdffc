import { AppError } from '@lorebox/contract/errors';
import type { SourceResponse } from '@lorebox/ports/connector';
import { describe, expect, it } from 'vitest';
import { createPacedFetch, type PaceOptions } from './paced-fetch.ts';

type Answer = { status: number; headers?: Record<string, string> } | Error;

function paced(answers: Answer[], options: Partial<PaceOptions> = {}) {
  const asked: number[] = [];
  const fetch = createPacedFetch(
    async () => {
      asked.push(performance.now());
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
      clock: { now: Date.now },
      ...options,
    },
  );
  return { fetch: () => fetch('https://example.com/x'), asked };
}

const headerOf = (answer: Answer | undefined) => (name: string) =>
  (answer && 'headers' in answer && answer.headers?.[name]) || null;

describe('a request of a sync run', () => {
  it('is sent at the pace of the source', async () => {
    const { fetch, asked } = paced([{ status: 200 }], { requestsPerSecond: 50 });
    await Promise.all([fetch(), fetch(), fetch(), fetch()]);
    expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it('is sent again after 429, 5xx and a broken line, and fails with what was answered', async () => {
    const broken = new AppError('SOURCE_FAILED', 'broken');
    for (const fault of [{ status: 429 }, { status: 503 }, { status: 500 }, broken]) {
      const { fetch, asked } = paced([fault, fault, { status: 200 }]);
      expect((await fetch()).status).toBe(200);
      expect(asked).toHaveLength(3);
      await expect(paced([fault]).fetch()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    }
    const refused = new AppError('URL_REFUSED');
    const { fetch, asked } = paced([refused]);
    await expect(fetch()).rejects.toBe(refused);
    expect(asked).toHaveLength(1);
  });

  it('waits as long as it is asked to; a longer pause postpones the sync run', async () => {
    const soon = paced([{ status: 429, headers: { 'retry-after': '0.05' } }, { status: 200 }]);
    await soon.fetch();
    expect((soon.asked[1] ?? 0) - (soon.asked[0] ?? 0)).toBeGreaterThanOrEqual(49);
    const late = paced([{ status: 503, headers: { 'retry-after': '600' } }]);
    await expect(late.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 600 });
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const byDate = paced([{ status: 429, headers: { 'retry-after': date } }]);
    await expect(byDate.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const reset = String(Math.round(Date.now() / 1000) + 900);
    const github = paced([{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } }]);
    await expect(github.fetch()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('says when it is not let in, and hands on every other answer', async () => {
    await expect(paced([{ status: 401 }]).fetch()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    await expect(paced([{ status: 403 }]).fetch()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    for (const status of [200, 304, 404, 410, 501]) expect((await paced([{ status }]).fetch()).status).toBe(status);
  });

  it('is left at once when the sync run is cut', async () => {
    const cut = new AbortController();
    const { fetch } = paced([{ status: 503 }], { signal: cut.signal, retryDelaysMs: [60_000] });
    setTimeout(() => cut.abort(new Error('cut')), 20);
    await expect(fetch()).rejects.toThrow('cut');
    await expect(fetch()).rejects.toThrow('cut');
  });
});
