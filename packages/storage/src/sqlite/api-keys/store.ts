import type { Role } from '@lorebox/contract/user';
import type { ApiKeyStore, KeyOwner, ListedApiKey, StoredApiKey } from '@lorebox/ports/identity-stores';
import { and, desc, eq, gt, isNull, lt, type SQL, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { apiKeyCommands } from './commands.ts';
import { apiKeys } from './schema.ts';

// The equivalent joins take five times as long.
const ownerRole = sql<Role>`case when ${apiKeys.ownerId} is null then 'admin'
  else (select u.role from users u where u.id = ${apiKeys.ownerId}) end`;

/** Null for a suspended owner. */
const activeOwnerRole = sql<Role | null>`case when ${apiKeys.ownerId} is null then 'admin'
  else (select u.role from users u where u.id = ${apiKeys.ownerId} and u.suspended = 0) end`;

export const apiKeyEntity = defineEntity(apiKeyCommands, (connection, writer): ApiKeyStore => {
  // Runs on every request of an API client.
  const { orm } = connection;
  const prepareFind = (where: SQL | undefined) =>
    orm.select({ key: apiKeys, ownerRole: activeOwnerRole }).from(apiKeys).where(where).prepare();
  const byHash = prepareFind(eq(apiKeys.hash, sql.placeholder('hash')));
  const byPreviousHash = prepareFind(
    and(eq(apiKeys.previousHash, sql.placeholder('hash')), gt(apiKeys.previousUntil, sql.placeholder('now'))),
  );
  const selectListed = () => orm.select({ key: apiKeys, ownerRole }).from(apiKeys);
  return {
    async getByHash(hash, now) {
      const row = byHash.get({ hash }) ?? byPreviousHash.get({ hash, now: now.getTime() });
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
});

function ownedBy(owner: KeyOwner): SQL | undefined {
  if (owner === null) return undefined;
  return owner.ownerId === null ? isNull(apiKeys.ownerId) : eq(apiKeys.ownerId, owner.ownerId);
}

function toListed({ key, ownerRole }: { key: StoredApiKey; ownerRole: Role }): ListedApiKey {
  const { hash: _, previousHash: __, previousUntil, ...listed } = key;
  return { ...listed, previousKeyUntil: previousUntil, ownerRole };
}
