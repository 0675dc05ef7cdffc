import type { ApiKeyStore, StoredApiKey } from '@lorebox/ports/identity-stores';
import { and, desc, eq, exists, isNull, lt, ne, or, sql } from '../../drizzle.ts';
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
  const byHash = prepareSelect(
    connection,
    orm
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.hash, sql.placeholder('hash')), or(isNull(apiKeys.createdBy), exists(maker)))),
  );
  return {
    getByHash: async (hash) => byHash.get({ hash }) ?? null,
    async list({ cursor, limit }) {
      const where = cursor ? lt(apiKeys.id, cursor) : ne(apiKeys.id, '');
      const rows = orm
        .select()
        .from(apiKeys)
        .where(where)
        .orderBy(desc(apiKeys.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        ({ hash: _, createdBy: __, ...key }) => key,
        (row) => row.id,
      );
    },
    create: (key) => writer.run('apiKeys.create', key),
    remove: (id) => writer.run('apiKeys.remove', id),
    touch: (id, at) => writer.run('apiKeys.touch', { id, at }),
  };
}
