import type { Document } from '@lorebox/sdk';
import { expect, it } from 'vitest';
import { type LocalFile, planSync } from './sync-plan.ts';

const file = (relativePath: string, sha256: string): LocalFile => ({
  path: `/f/${relativePath}`,
  size: 1,
  relativePath,
  sha256,
});
const document = (id: string, externalId: string | null, metadata: Document['metadata'], status = 'ready') =>
  ({ id, externalId, metadata, status }) as Document;

it('adds, replaces and removes, and leaves other documents unchanged', () => {
  const plan = planSync(
    'notes',
    [file('new.txt', 'n'), file('a/same.txt', 's'), file('changed.txt', 'c2'), file('failed.txt', 'f')],
    [
      document('d1', 'notes/a/same.txt', { syncedFolder: 'notes', sha256: 's' }),
      document('d2', 'notes/changed.txt', { syncedFolder: 'notes', sha256: 'c1' }),
      document('d3', 'notes/failed.txt', { syncedFolder: 'notes', sha256: 'f' }, 'failed'),
      document('d4', 'notes/gone.txt', { syncedFolder: 'notes', sha256: 'g' }),
      document('d5', 'notes/uploaded.txt', {}),
      document('d6', 'other/gone.txt', { syncedFolder: 'other', sha256: 'g' }),
    ],
  );
  expect(plan.add.map(({ relativePath }) => relativePath)).toEqual(['new.txt']);
  expect(plan.replace.map(({ relativePath }) => relativePath)).toEqual(['changed.txt', 'failed.txt']);
  expect(plan.remove.map(({ id }) => id)).toEqual(['d4']);
  expect(plan.unchanged).toBe(1);
});
