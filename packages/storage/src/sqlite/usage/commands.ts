import { lt } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { usage, usageLatencies } from './schema.ts';

export const usageCommands = {
  'usage.prune'({ orm }: WriteContext, day: string) {
    orm.delete(usage).where(lt(usage.day, day)).run();
    orm.delete(usageLatencies).where(lt(usageLatencies.day, day)).run();
  },
};
