import { and, eq, inArray, isNull } from '../../drizzle.ts';
import { recordEvent } from '../events/record-event.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { jobs } from '../jobs/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { documents } from './schema.ts';

/** Hides the documents immediately. Returns the number of ids that existed. */
export function removeDocuments(context: WriteContext, workspaceId: string, ids: readonly string[], at: Date): number {
  const { orm } = context;
  const mine = and(
    eq(documents.workspaceId, workspaceId),
    inArray(documents.id, [...ids]),
    isNull(documents.removedAt),
  );
  const gone = orm.select().from(documents).where(mine).all();
  orm.update(documents).set({ removedAt: at, externalId: null }).where(mine).run();
  for (const { id, externalId, title, filename } of gone) {
    const data = { documentId: id, externalId, title, filename };
    recordEvent(context, { type: 'document.deleted', workspaceId, timestamp: at, data });
    orm.delete(jobs).where(eq(jobs.documentId, id)).run();
    queueJob(context, { kind: 'purge-document', workspaceId, documentId: id, revision: null }, at);
  }
  return gone.length;
}
