import type { ApiKey } from '@lorebox/contract/api-key';
import type { ApiKeyStore, StoredApiKey } from '@lorebox/ports/identity-stores';
import { and, desc, eq, exists, gt, isNull, lt, ne, or, type SQL, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { apiKeys, users } from '../schema/identity.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { toPage } from './page.ts';

export const apiKeyCommands = {
  'apiKeys.create'({ orm }: WriteContext, key: StoredApiKey) {
    orm.insert(apiKeys).values(key).run();
  },
  'apiKeys.remove'({ orm }: WriteContext, id: string): boolean {
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

export function createApiKeyStore(connection: Connection, writer: Writer): ApiKeyStore {
  // Runs with every request of an API client.
  const { orm } = connection;
  const maker = orm
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.id, apiKeys.createdBy), eq(users.suspended, false)));
  // A join with users would say the same in five times the time.
  const mayAct = or(isNull(apiKeys.createdBy), exists(maker));
  const prepareFind = (where: SQL | undefined) =>
    prepareSelect(connection, orm.select().from(apiKeys).where(and(where, mayAct)));
  const byHash = prepareFind(eq(apiKeys.hash, sql.placeholder('hash')));
  const byPreviousHash = prepareFind(
    and(eq(apiKeys.previousHash, sql.placeholder('hash')), gt(apiKeys.previousUntil, sql.placeholder('now'))),
  );
  return {
    getByHash: async (hash, now) => byHash.get({ hash }) ?? byPreviousHash.get({ hash, now }) ?? null,
    async get(id) {
      const row = orm.select().from(apiKeys).where(eq(apiKeys.id, id)).get();
      return row ? withoutHashes(row) : null;
    },
    async list({ cursor, limit }) {
      const where = cursor ? lt(apiKeys.id, cursor) : ne(apiKeys.id, '');
      const rows = orm
        .select()
        .from(apiKeys)
        .where(where)
        .orderBy(desc(apiKeys.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, withoutHashes, (row) => row.id);
    },
    create: (key) => writer.run('apiKeys.create', key),
    update: (id, change) => writer.run('apiKeys.update', { id, change }),
    rotate: (id, next) => writer.run('apiKeys.rotate', { id, ...next }),
    remove: (id) => writer.run('apiKeys.remove', id),
    touch: (id, at) => writer.run('apiKeys.touch', { id, at }),
  };
}

function withoutHashes({ hash: _, previousHash: __, previousUntil, createdBy: ___, ...key }: StoredApiKey): ApiKey {
  return { ...key, previousKeyUntil: previousUntil };
}
