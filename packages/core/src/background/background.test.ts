import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PollLoop } from './poll-loop.ts';
import { retryAfterMs } from './retry-after-ms.ts';
import { sleep } from './sleep.ts';

describe('sleep', () => {
  it('ends when the signal aborts and leaves no listener behind', async () => {
    const controller = new AbortController();
    await sleep(1, controller.signal);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    const long = sleep(60_000, controller.signal);
    controller.abort();
    await long;
    await sleep(60_000, controller.signal);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

describe('PollLoop', () => {
  it('runs while there is more to do, then when woken, and not after it was stopped', async () => {
    const ticks: number[] = [];
    const waits: (() => void)[] = [];
    const loop = new PollLoop({
      async tick() {
        ticks.push(ticks.length);
        return ticks.length < 3;
      },
      idle(signal) {
        waits.splice(0).forEach((resolve) => void resolve());
        return sleep(60_000, signal);
      },
    });
    const idle = () => new Promise<void>((resolve) => waits.push(resolve));
    const first = idle();
    loop.start();
    await first;
    expect(ticks).toHaveLength(3);
    const second = idle();
    loop.wake();
    await second;
    expect(ticks).toHaveLength(4);
    await loop.stop();
    loop.wake();
    expect(ticks).toHaveLength(4);
    expect(loop.signal.aborted).toBe(true);
  });

  it('does not miss a wake-up during a round of work', async () => {
    let ticks = 0;
    const loop = new PollLoop({
      async tick() {
        ticks += 1;
        if (ticks === 1) loop.wake();
        if (ticks === 2) void loop.stop();
        return false;
      },
      idle: (signal) => sleep(60_000, signal),
    });
    loop.start();
    await loop.stop();
    expect(ticks).toBeGreaterThanOrEqual(1);
  });
});

it.each([
  [null, 0],
  ['3', 3000],
  ['1.5', 1500],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', 0],
])('Retry-After %s is %i ms', (header, expected) => {
  expect(retryAfterMs(header, 1000)).toBe(expected);
});
