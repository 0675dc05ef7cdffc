import type { Actor } from '@lorebox/contract/actor';
import type { Job, ListJobsInput } from '@lorebox/contract/job';
import type { Page } from '@lorebox/contract/page';
import { requireScope } from '../access/require-scope.ts';
import { resolveScope } from '../access/resolve-scope.ts';
import type { Core } from '../core.ts';

export async function listJobs(core: Core, actor: Actor, input: ListJobsInput): Promise<Page<Job>> {
  requireScope(actor, 'documents:read');
  const { workspace, ...query } = input;
  return core.stores.jobs.list({ ...query, workspaceId: await resolveScope(core, actor, workspace) });
}
