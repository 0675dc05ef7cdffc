import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { beforeEach, expect, it, vi } from 'vitest';
import { ShareChecks } from './share-checks.ts';

const share = (workspaceId: string) => ({
  ...{ workspaceId, embeddingKey: 1, syncedKey: 9 },
  collection: { name: 'lorebox_1', dimension: 2 },
});

let now: number;
let checks: ShareChecks;
let found: Record<string, number>;
let expected: number | null;
const restart = vi.fn(async () => {});
const count = vi.fn(async (_: unknown, workspaceId: string) => found[workspaceId] ?? 0);

/** Implements only the methods that the tests need. */
function part<T>(some: { [K in keyof T]?: unknown }): T {
  return some as T;
}

beforeEach(() => {
  vi.clearAllMocks();
  now = 1000;
  found = { ws_a: 9, ws_b: 9 };
  expected = 9;
  const vectorSyncs = part<VectorSyncStore>({
    started: async () => [share('ws_a'), share('ws_b')],
    expectedCount: async () => expected,
    restart,
  });
  checks = new ShareChecks({
    backend: part<VectorBackend>({ id: 'qdrant', count }),
    vectorSyncs,
    clock: { now: () => now },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
});

it('counts all shares at the start and every ten minutes, and single ones on request', async () => {
  expect(checks.isDue()).toBe(true);
  await checks.run();
  expect(count).toHaveBeenCalledTimes(2);
  expect(checks.isDue()).toBe(false);
  checks.ask('ws_b');
  await checks.run();
  expect(count).toHaveBeenCalledTimes(3);
  now += 600_000;
  expect(checks.isDue()).toBe(true);
});

it('sends a workspace again after two mismatches some seconds apart', async () => {
  found.ws_b = 7;
  expect(await checks.run()).toBe(false);
  checks.ask('ws_b'); // too early to be sure
  expect(await checks.run()).toBe(false);
  expect(restart).not.toHaveBeenCalled();
  now += 3001;
  expect(await checks.run()).toBe(true);
  expect(restart).toHaveBeenCalledExactlyOnceWith(share('ws_b'));
});

it("ignores delayed counts, and counts that can't be determined", async () => {
  found.ws_a = 8;
  await checks.run();
  found.ws_a = 9;
  found.ws_b = 2;
  now += 3001;
  expect(await checks.run()).toBe(false);
  expected = null;
  checks.ask('ws_b');
  await checks.run();
  now += 3001;
  await checks.run();
  expect(restart).not.toHaveBeenCalled();
});
