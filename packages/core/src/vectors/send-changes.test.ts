import type { VectorBackend, VectorPoint } from '@lorebox/ports/vector-backend';
import type { VectorChange, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { beforeEach, expect, it, vi } from 'vitest';
import { sendChanges } from './send-changes.ts';

/** Implements only the methods that the tests need. */
function part<T>(some: { [K in keyof T]?: unknown }): T {
  return some as T;
}

const collection = { name: 'lorebox_1', dimension: 2 };
const share = { workspaceId: 'ws_a', embeddingKey: 1, collection, syncedKey: 9 };
const told: unknown[][] = [];
let changes: VectorChange[] = [];
const confirmChanges = vi.fn(async (_: number) => {});

const backend = part<VectorBackend>({
  remove: async (...args: unknown[]) => void told.push(['remove', ...args.slice(1)]),
  removeWorkspace: async (...args: unknown[]) => void told.push(['removeWorkspace', ...args.slice(1)]),
  upsert: async (_: unknown, points: VectorPoint[]) => void told.push(['upsert', points.map(({ key }) => key)]),
  drop: async () => void told.push(['drop']),
});

const vectorSyncs = part<VectorSyncStore>({
  changes: async () => changes,
  confirmChanges,
  pointsAfter: async (_: unknown, after: number, limit: number) =>
    [1, 2, 3]
      .filter((key) => key > after)
      .slice(0, limit)
      .map((key) => ({ key })),
});

const send = () => sendChanges({ backend, vectorSyncs }, async () => {}, new Set(['lorebox_1']), 2);

beforeEach(() => {
  told.length = 0;
  confirmChanges.mockClear();
});

it('sends and confirms nothing without changes', async () => {
  changes = [];
  expect(await send()).toBe(false);
  expect(confirmChanges).not.toHaveBeenCalled();
});

it('sends changes in order, removals of one workspace together, and confirms the last', async () => {
  const remove = (id: number, key: number, workspaceId = 'ws_a') =>
    ({ id, kind: 'remove', collection, workspaceId, key }) as const;
  changes = [
    remove(1, 11),
    remove(2, 12),
    remove(3, 13, 'ws_b'),
    { id: 4, kind: 'none' },
    { id: 5, kind: 'resend', share, documentId: 'doc_x' },
    { id: 6, kind: 'remove-workspace', collection, workspaceId: 'ws_b', isLast: true },
  ];
  expect(await send()).toBe(true);
  expect(told).toEqual([
    ['remove', 'ws_a', [11, 12]],
    ['remove', 'ws_b', [13]],
    ['upsert', [1, 2]],
    ['upsert', [3]],
    ['removeWorkspace', 'ws_b'],
    ['drop'],
  ]);
  expect(confirmChanges).toHaveBeenCalledExactlyOnceWith(6);
});

it('confirms nothing if the backend fails, so that everything is sent again', async () => {
  changes = [{ id: 1, kind: 'remove', collection, workspaceId: 'ws_a', key: 1 }];
  vi.spyOn(backend, 'remove').mockRejectedValueOnce(new Error('down'));
  await expect(send()).rejects.toThrow('down');
  expect(confirmChanges).not.toHaveBeenCalled();
});
