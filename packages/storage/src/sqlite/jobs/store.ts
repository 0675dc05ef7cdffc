import type { JobStore } from '@lorebox/ports/document-stores';
import { and, desc, eq, lt } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { jobs } from './schema.ts';

/** Read-only: the entities that queue and run jobs write them. */
export const jobEntity = defineEntity({}, ({ orm }): JobStore => {
  const toJob = ({ revision, modelId, cursor, done, textAttempts, ...job }: typeof jobs.$inferSelect) => job;
  return {
    async list({ workspaceId, state, kind, cursor, limit }) {
      const where = and(
        workspaceId === null ? undefined : eq(jobs.workspaceId, workspaceId),
        state === undefined ? undefined : eq(jobs.state, state),
        kind === undefined ? undefined : eq(jobs.kind, kind),
        cursor === undefined ? undefined : lt(jobs.id, cursor),
      );
      const rows = orm
        .select()
        .from(jobs)
        .where(where)
        .orderBy(desc(jobs.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, toJob, (row) => row.id);
    },
    async get(id) {
      const row = orm.select().from(jobs).where(eq(jobs.id, id)).get();
      return row ? toJob(row) : null;
    },
  };
});
