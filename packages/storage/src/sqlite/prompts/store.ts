import type { PromptFilter, PromptStore } from '@lorebox/ports/prompt-store';
import { and, count, desc, eq, lt, or, type SQL, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { promptCommands } from './commands.ts';
import { prompts } from './schema.ts';

export const promptEntity = defineEntity(promptCommands, (connection, writer): PromptStore => {
  const { orm } = connection;
  return {
    get: async (id) => orm.select().from(prompts).where(eq(prompts.id, id)).get() ?? null,
    async list(filter, { cursor, limit }) {
      const rows = orm
        .select()
        .from(prompts)
        .where(and(matching(filter), cursor === undefined ? undefined : lt(prompts.id, cursor)))
        .orderBy(desc(prompts.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        ({ ownerId: _, ...prompt }) => prompt,
        (row) => row.id,
      );
    },
    count: async (filter) => orm.select({ n: count() }).from(prompts).where(matching(filter)).get()?.n ?? 0,
    create: (prompt) => writer.run('prompts.create', prompt),
    update: (id, change) => writer.run('prompts.update', { id, change }),
    remove: (id) => writer.run('prompts.remove', id),
  };
});

function matching({ ownerId, workspaceId }: PromptFilter): SQL {
  const kinds = or(
    ownerId === null ? undefined : eq(prompts.ownerId, ownerId),
    workspaceId === null ? undefined : eq(prompts.workspaceId, workspaceId),
  );
  return kinds ?? sql`0`;
}
