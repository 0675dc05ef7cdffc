import { createId } from '@lorebox/contract/create-id';
import { insertRow } from '../prepared-writes.ts';
import type { WriteContext } from '../writer/context.ts';
import { jobs } from './schema.ts';

export function queueJob(
  { orm }: WriteContext,
  job: Pick<typeof jobs.$inferInsert, 'kind' | 'workspaceId' | 'documentId' | 'revision' | 'modelId'>,
  at: Date,
): void {
  insertRow(orm, jobs, { id: createId('job'), state: 'queued', attempts: 0, runAfter: at, createdAt: at, ...job });
}
