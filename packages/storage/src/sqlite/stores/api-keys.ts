import type { Role } from '@lorebox/contract/user';
import type { ApiKeyStore, KeyOwner, ListedApiKey, StoredApiKey } from '@lorebox/ports/identity-stores';
import { and, desc, eq, gt, isNull, lt, type SQL, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { threads } from '../schema/chat.ts';
import { apiKeys } from '../schema/identity.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { toPage } from './page.ts';

export const apiKeyCommands = {
  'apiKeys.create'({ orm }: WriteContext, key: StoredApiKey) {
    orm.insert(apiKeys).values(key).run();
  },
  'apiKeys.remove'({ orm }: WriteContext, id: string): boolean {
    // What a key of the installation made has no other owner.
    orm
      .update(threads)
      .set({ keyId: null })
      .where(and(eq(threads.keyId, id), isNull(threads.userId)))
      .run();
    return orm.delete(apiKeys).where(eq(apiKeys.id, id)).run().changes > 0;
  },
  'apiKeys.update'({ orm }: WriteContext, input: { id: string; change: Partial<StoredApiKey> }): boolean {
    if (Object.keys(input.change).length === 0) return true;
    return orm.update(apiKeys).set(input.change).where(eq(apiKeys.id, input.id)).run().changes > 0;
  },
  'apiKeys.rotate'({ raw }: WriteContext, input: { id: string; hash: string; prefix: string; until: Date }): boolean {
    const sql = 'update api_keys set previous_hash = hash, previous_until = ?, hash = ?, prefix = ? where id = ?';
    return raw.prepare(sql).run(input.until.getTime(), input.hash, input.prefix, input.id).changes > 0;
  },
  'apiKeys.touch'({ orm }: WriteContext, input: { id: string; at: Date }) {
    orm.update(apiKeys).set({ lastUsedAt: input.at }).where(eq(apiKeys.id, input.id)).run();
  },
};

// Joins would say the same in five times the time.
const ownerRole = sql<Role>`case when ${apiKeys.ownerId} is null then 'admin'
  else (select u.role from users u where u.id = ${apiKeys.ownerId}) end`;
/** Null for a suspended owner. */
const activeOwnerRole = sql<Role | null>`case when ${apiKeys.ownerId} is null then 'admin'
  else (select u.role from users u where u.id = ${apiKeys.ownerId} and u.suspended = 0) end`;

export function createApiKeyStore(connection: Connection, writer: Writer): ApiKeyStore {
  // Runs with every request of an API client.
  const { orm } = connection;
  const prepareFind = (where: SQL | undefined) =>
    prepareSelect(connection, orm.select({ key: apiKeys, ownerRole: activeOwnerRole }).from(apiKeys).where(where));
  const byHash = prepareFind(eq(apiKeys.hash, sql.placeholder('hash')));
  const byPreviousHash = prepareFind(
    and(eq(apiKeys.previousHash, sql.placeholder('hash')), gt(apiKeys.previousUntil, sql.placeholder('now'))),
  );
  const selectListed = () => orm.select({ key: apiKeys, ownerRole }).from(apiKeys);
  return {
    async getByHash(hash, now) {
      const row = byHash.get({ hash }) ?? byPreviousHash.get({ hash, now });
      return row && row.ownerRole !== null ? { key: row.key, ownerRole: row.ownerRole } : null;
    },
    async get(id) {
      const row = selectListed().where(eq(apiKeys.id, id)).get();
      return row ? toListed(row) : null;
    },
    async list(owner, { cursor, limit }) {
      const rows = selectListed()
        .where(and(ownedBy(owner), cursor ? lt(apiKeys.id, cursor) : undefined))
        .orderBy(desc(apiKeys.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, toListed, ({ key }) => key.id);
    },
    create: (key) => writer.run('apiKeys.create', key),
    update: (id, change) => writer.run('apiKeys.update', { id, change }),
    rotate: (id, next) => writer.run('apiKeys.rotate', { id, ...next }),
    remove: (id) => writer.run('apiKeys.remove', id),
    touch: (id, at) => writer.run('apiKeys.touch', { id, at }),
  };
}

function ownedBy(owner: KeyOwner): SQL | undefined {
  if (owner === null) return undefined;
  return owner.ownerId === null ? isNull(apiKeys.ownerId) : eq(apiKeys.ownerId, owner.ownerId);
}

function toListed({ key, ownerRole }: { key: StoredApiKey; ownerRole: Role }): ListedApiKey {
  const { hash: _, previousHash: __, previousUntil, ...listed } = key;
  return { ...listed, previousKeyUntil: previousUntil, ownerRole };
}
