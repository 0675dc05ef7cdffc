import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { APITimeoutError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import { waitByEvents, withTimeout } from './wait-by-events.ts';

function setup(results: (string | null)[]) {
  const queue = new EventQueue<{ done: boolean }>(() => {});
  const check = vi.fn(async () => results.shift() ?? null);
  let start = () => {};
  const controller = new AbortController();
  const promise = waitByEvents({
    streams: [
      (signal, onStarted) => {
        start = onStarted;
        signal.addEventListener('abort', () => queue.fail(signal.reason));
        return queue;
      },
    ],
    isRelevant: ({ done }) => done,
    check,
    signal: controller.signal,
  });
  return { queue, check, promise, start: () => start(), controller };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('waiting by events', () => {
  it('checks only when the stream starts and after relevant events', async () => {
    const { queue, check, promise, start } = setup([null, 'ready']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(check).not.toHaveBeenCalled();
    start();
    await vi.advanceTimersByTimeAsync(0);
    queue.push({ done: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(check).toHaveBeenCalledTimes(1);
    queue.push({ done: true });
    expect(await promise).toBe('ready');
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('checks again after a while, for changes without an event', async () => {
    const { promise } = setup(['ready']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await promise).toBe('ready');
  });

  it('fails with the stream and with the signal', async () => {
    const broken = setup([]);
    broken.queue.fail(new Error('lost'));
    await expect(broken.promise).rejects.toThrow('lost');
    const aborted = setup([]);
    aborted.controller.abort(new Error('enough'));
    await expect(aborted.promise).rejects.toThrow('enough');
  });
});

describe('a wait with a timeout', () => {
  it('reports what is missing', async () => {
    vi.useRealTimers();
    const never = (signal: AbortSignal | undefined) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const wait = withTimeout({ timeout: 1 }, never, () => '2 documents are still processing.');
    await expect(wait).rejects.toBeInstanceOf(APITimeoutError);
    await expect(wait).rejects.toThrow('2 documents are still processing.');
  });
});
