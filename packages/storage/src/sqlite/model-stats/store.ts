import type { ModelStatsStore } from '@lorebox/ports/model-stats-store';
import { eq, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { modelStatsCommands } from './commands.ts';
import { modelStats } from './schema.ts';

export const modelStatsEntity = defineEntity(modelStatsCommands, ({ orm }, writer): ModelStatsStore => {
  const byId = orm
    .select()
    .from(modelStats)
    .where(eq(modelStats.modelId, sql.placeholder('modelId')))
    .prepare();
  return {
    get: async (modelId) => byId.get({ modelId }) ?? null,
    put: (stats) => writer.run('modelStats.put', stats),
  };
});
