import type { StoredApiKey } from '@lorebox/ports/identity-stores';
import { and, eq, isNull } from '../../drizzle.ts';
import { threads } from '../threads/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { apiKeys } from './schema.ts';

export const apiKeyCommands = {
  'apiKeys.create'({ orm }: WriteContext, key: StoredApiKey) {
    orm.insert(apiKeys).values(key).run();
  },
  'apiKeys.remove'({ orm }: WriteContext, id: string): boolean {
    // Threads of a key of the installation have no other owner.
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
