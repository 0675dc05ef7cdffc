import { Worker } from 'node:worker_threads';
import { isAppError } from '@lorebox/contract/errors';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestMethods } from './test-thread.ts';
import { WorkerClient, type WorkerClientOptions } from './worker-client.ts';

let started = 0;
const exits: Promise<unknown>[] = [];
const clients: WorkerClient<TestMethods>[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function createClient(options: Partial<WorkerClientOptions> = {}): WorkerClient<TestMethods> {
  started = 0;
  exits.length = 0;
  const client = new WorkerClient<TestMethods>({
    start() {
      started += 1;
      const worker = new Worker(new URL('./test-thread.ts', import.meta.url));
      exits.push(new Promise((resolve) => worker.once('exit', resolve)));
      return worker;
    },
    lostError: (cause) => new Error('lost', { cause }),
    ...options,
  });
  clients.push(client);
  return client;
}

describe('a worker client', () => {
  it('starts one thread for many calls and returns each result', async () => {
    const client = createClient();
    const values = Array.from({ length: 50 }, (_, i) => i);
    expect(started).toBe(0);
    expect(await Promise.all(values.map((value) => client.call('double', value)))).toEqual(values.map((v) => v * 2));
    expect(started).toBe(1);
  });

  it('forwards errors, including the code of an AppError', async () => {
    const error = await createClient()
      .call('refuse', 'taken')
      .catch((reason) => reason);
    expect(isAppError(error) && [error.code, error.message]).toEqual(['CONFLICT', 'taken']);
  });

  it('transfers memory of outputs', async () => {
    expect(await createClient().call('bytes', 3)).toEqual(new Uint8Array([7, 7, 7]));
  });

  it("cancels a call immediately and aborts the method's signal", async () => {
    const client = createClient();
    const controller = new AbortController();
    const waiting = client.call('wait', null, { signal: controller.signal });
    await client.call('double', 1);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await client.call('countCancelled', null)).toBe(1);
    await expect(client.call('double', 1, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('rejects calls of a thread that exited, and starts another thread', async () => {
    const client = createClient();
    const waiting = client.call('wait', null);
    await expect(client.call('crash', undefined)).rejects.toThrow('lost');
    await expect(waiting).rejects.toThrow('lost');
    expect(await client.call('double', 2)).toBe(4);
    expect(started).toBe(2);
  });

  it('retries lost calls once on a new thread, if enabled', async () => {
    const client = createClient({ retryLostCalls: true });
    await expect(client.call('crash', undefined)).rejects.toThrow('lost');
    expect(started).toBe(2);
  });

  it('terminates an idle thread', async () => {
    const client = createClient({ idleMs: 1 });
    await client.call('double', 1);
    await exits[0];
    expect(await client.call('double', 3)).toBe(6);
    expect(started).toBe(2);
  });

  it('lets a thread finish within its grace period, and rejects pending and new calls', async () => {
    const client = createClient({ closeGraceMs: 60_000 });
    const waiting = client.call('wait', null);
    await client.call('double', 1);
    const closed = client.close();
    await expect(waiting).rejects.toThrow('lost');
    await closed;
    await exits[0];
    await expect(client.call('double', 1)).rejects.toThrow('lost');
  });
});
