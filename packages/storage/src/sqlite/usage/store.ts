import type { UsageQuery, UsageStore } from '@lorebox/ports/usage-store';
import { and, asc, desc, eq, gte, lte, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { usageCommands } from './commands.ts';
import { usage, usageLatencies } from './schema.ts';

type Table = typeof usage | typeof usageLatencies;

const keyOf = (table: Table, by: UsageQuery['by']) =>
  ({ day: table.day, user: table.userId, model: table.model, workspace: table.workspaceId })[by];

const within = (table: Table, { from, to, workspaceId }: UsageQuery) =>
  and(gte(table.day, from), lte(table.day, to), workspaceId === null ? undefined : eq(table.workspaceId, workspaceId));

const sum = (column: (typeof usage)['questions'] | (typeof usageLatencies)['answers']) => sql<number>`sum(${column})`;

export const usageEntity = defineEntity(usageCommands, ({ orm }, writer): UsageStore => {
  return {
    async totals(query, limit) {
      const key = keyOf(usage, query.by);
      return orm
        .select({
          key,
          questions: sum(usage.questions),
          failed: sql<number>`sum(${usage.failed})`,
          inputTokens: sql<number>`sum(${usage.inputTokens})`,
          outputTokens: sql<number>`sum(${usage.outputTokens})`,
        })
        .from(usage)
        .where(within(usage, query))
        .groupBy(key)
        .orderBy(query.by === 'day' ? asc(key) : desc(sum(usage.questions)), asc(key))
        .limit(limit)
        .all();
    },
    async latencies(query) {
      const key = keyOf(usageLatencies, query.by);
      const { kind, bucket } = usageLatencies;
      return orm
        .select({ key, kind, bucket, answers: sum(usageLatencies.answers) })
        .from(usageLatencies)
        .where(within(usageLatencies, query))
        .groupBy(key, kind, bucket)
        .orderBy(asc(key), asc(kind), asc(bucket))
        .all();
    },
    prune: (day) => writer.run('usage.prune', day),
  };
});
