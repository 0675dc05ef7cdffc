import type { StoredShare } from '@lorebox/ports/share-store';
import { eq, sql } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { shares } from './schema.ts';

export const shareCommands = {
  'shares.create'({ orm }: WriteContext, share: StoredShare) {
    orm.insert(shares).values(share).run();
  },
  'shares.remove'({ orm }: WriteContext, id: string): boolean {
    return orm.delete(shares).where(eq(shares.id, id)).run().changes > 0;
  },
  'shares.countView'({ orm }: WriteContext, id: string) {
    orm
      .update(shares)
      .set({ views: sql`${shares.views} + 1` })
      .where(eq(shares.id, id))
      .run();
  },
};
