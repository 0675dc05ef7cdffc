import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { HOSTILE_STRINGS } from './hostile-strings.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

/** Linear functions take 0.1 s, and a few times as long on a busy machine. Quadratic ones take minutes. */
const DEADLINE_MS = 30_000;
const LANES = 2;

/** A thread that is terminated and replaced when a function doesn't return. */
class Lane {
  private worker: Worker | null = null;

  run(name: string, kind: string): Promise<string | null> {
    this.worker ??= new Worker(new URL('./run-thread.ts', import.meta.url));
    const { worker } = this;
    return new Promise((resolve) => {
      const settle = (outcome: string | null) => {
        clearTimeout(timer);
        worker.off('message', settle);
        worker.off('error', fail);
        resolve(outcome);
      };
      const fail = (error: unknown) => {
        this.worker = null;
        settle(String(error));
      };
      const timer = setTimeout(() => {
        this.worker = null;
        void worker.terminate();
        settle('it was not done in time');
      }, DEADLINE_MS);
      worker.on('message', settle);
      worker.on('error', fail);
      worker.postMessage({ name, kind });
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}

describe('text functions', () => {
  it('process 1 MB of any text in linear time', { timeout: 600_000 }, async () => {
    const pairs = Object.keys(TEXT_FUNCTIONS).flatMap((name) =>
      [...HOSTILE_STRINGS.keys()].map((kind) => ({ name, kind })),
    );
    const problems: string[] = [];
    const work = async () => {
      const lane = new Lane();
      for (let pair = pairs.shift(); pair; pair = pairs.shift()) {
        const problem = await lane.run(pair.name, pair.kind);
        if (problem !== null) problems.push(`${pair.name} on ${pair.kind}: ${problem}`);
      }
      await lane.close();
    };
    await Promise.all(Array.from({ length: LANES }, work));
    expect(problems).toEqual([]);
  });
});
