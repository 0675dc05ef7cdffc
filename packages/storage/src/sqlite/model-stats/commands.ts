import type { ModelStats } from '@lorebox/ports/model-stats-store';
import type { WriteContext } from '../writer/context.ts';
import { modelStats } from './schema.ts';

export const modelStatsCommands = {
  'modelStats.put'({ orm }: WriteContext, stats: ModelStats) {
    orm.insert(modelStats).values(stats).onConflictDoUpdate({ target: modelStats.modelId, set: stats }).run();
  },
};
