import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditAction, AuditEntry } from '@lorebox/contract/audit';
import { createId } from '@lorebox/contract/create-id';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { createStores, type Stores } from '../stores.ts';
import { createInlineWriter } from '../writer/writer.ts';

let folder: string;
let connection: Connection;
let stores: Stores;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  connection = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(connection, join(folder, 'none'));
  stores = createStores(connection, createInlineWriter(connection, folder));
});
afterEach(() => {
  connection.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

function entry(action: AuditAction, day = 1, more: Partial<AuditEntry> = {}): AuditEntry {
  const at = new Date(Date.UTC(2026, 0, day));
  const rest = { target: null, workspaceId: null, address: '127.0.0.1', requestId: 'r', details: { name: 'x' } };
  return { id: createId('aud'), at, action, actor: 'user:a', ...rest, ...more };
}
const user = (id: string, username: string) =>
  ({ id, username, role: 'admin', suspended: false, passwordHash: '', createdAt: new Date(0) }) as const;
const all = async () => (await stores.audit.list({ limit: 50 })).items;

it('writes an entry together with its change, or neither', async () => {
  await stores.audit.with(entry('user.created'), () => stores.users.create(user('usr_1', 'ada')));
  expect(await all()).toMatchObject([
    { action: 'user.created', details: { name: 'x' }, at: new Date(Date.UTC(2026, 0, 1)) },
  ]);
  await expect(
    stores.audit.with(entry('user.created'), () => stores.users.create(user('usr_2', 'ADA'))),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await stores.audit.with(entry('setup.completed'), () => stores.users.createFirst(user('usr_3', 'eve')))).toBe(
    false,
  );
  expect(await all()).toHaveLength(1);
});

it('writes an entry only with its own write', async () => {
  expect(() => stores.audit.with(entry('settings.updated'), () => stores.settings.get('x'))).toThrow(
    /nothing was written/,
  );
  await stores.settings.set('x', '1');
  await Promise.all([
    stores.audit.with(entry('settings.updated'), () => stores.settings.patch('x', {})),
    stores.settings.set('y', '2'),
  ]);
  expect(await all()).toHaveLength(1);
});

it('is filtered, paged, exported after an entry, and pruned', async () => {
  const entries = [
    entry('key.created', 1),
    entry('key.revoked', 2, { actor: 'key:k' }),
    entry('key.created', 3, { target: 'key:k' }),
  ];
  for (const one of entries) await stores.audit.record(one);
  const ids = entries.map(({ id }) => id);
  expect((await all()).map(({ id }) => id)).toEqual(ids.toReversed());
  const page = await stores.audit.list({ limit: 2 });
  expect((await stores.audit.list({ limit: 2, cursor: page.nextCursor ?? '' })).items.map(({ id }) => id)).toEqual([
    ids[0],
  ]);
  expect((await stores.audit.after({ after: ids[0] }, 10)).map(({ id }) => id)).toEqual(ids.slice(1));
  const found = async (query: object) => (await stores.audit.list({ limit: 10, ...query })).items.length;
  expect([
    await found({ action: 'key.created' }),
    await found({ actor: 'key:k' }),
    await found({ target: 'key:k' }),
  ]).toEqual([2, 1, 1]);
  expect(await found({ since: entries[1]?.at, until: entries[1]?.at })).toBe(1);
  expect(await stores.audit.prune(entries[2]?.at ?? new Date(0))).toBe(2);
  expect(await all()).toHaveLength(1);
});
