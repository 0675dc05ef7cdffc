import { setTimeout as sleep } from 'node:timers/promises';

const PERIOD_MS = 20;

/**
 * Polls a server's health endpoint while `work` runs.
 * @returns the longest response time in milliseconds, and the number of requests.
 */
export async function longestHealthWait(
  url: string,
  work: () => Promise<unknown>,
): Promise<{ ms: number; asked: number }> {
  let isDone = false;
  let ms = 0;
  let asked = 0;
  const probing = (async () => {
    while (!isDone || asked === 0) {
      const started = performance.now();
      const response = await fetch(`${url}/healthz`);
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`healthz answered ${response.status}`);
      ms = Math.max(ms, performance.now() - started);
      asked += 1;
      await sleep(PERIOD_MS);
    }
  })();
  try {
    await work();
  } finally {
    isDone = true;
    await probing;
  }
  return { ms, asked };
}
