import { inArray, lt } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { events } from './schema.ts';

/** Events removed per prune step: a few milliseconds on the writer thread. */
const STEP = 500;

export const eventCommands = {
  'events.prune'({ orm }: WriteContext, before: Date): boolean {
    const old = orm.select({ key: events.key }).from(events).where(lt(events.timestamp, before)).limit(STEP);
    return orm.delete(events).where(inArray(events.key, old)).run().changes < STEP;
  },
};
