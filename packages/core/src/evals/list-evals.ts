import type { Actor } from '@lorebox/contract/actor';
import type { EvalRun } from '@lorebox/contract/eval';
import type { Page, PageInput } from '@lorebox/contract/page';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listEvals(
  core: Core,
  actor: Actor,
  input: PageInput & { workspace: string },
): Promise<Page<EvalRun>> {
  requireScope(actor, 'evals:read');
  const { workspace: ref, ...page } = input;
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.evals.listRuns({ ...page, workspaceId: workspace.id });
}
