import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { EvalRun } from '@lorebox/contract/eval';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import type { Core } from '../core.ts';

export async function findRun(core: Core, actor: Actor, runId: string, needed: MemberRole): Promise<EvalRun> {
  const run = await core.stores.evals.getRun(runId);
  if (!run) throw new AppError('NOT_FOUND');
  await findWorkspace(core, actor, run.workspaceId, needed);
  return run;
}
