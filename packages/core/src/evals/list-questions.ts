import type { Actor } from '@lorebox/contract/actor';
import type { GoldenQuestion, ListQuestionsInput } from '@lorebox/contract/eval';
import type { Page } from '@lorebox/contract/page';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listQuestions(
  core: Core,
  actor: Actor,
  input: ListQuestionsInput,
): Promise<Page<GoldenQuestion>> {
  requireScope(actor, 'evals:read');
  const { workspace: ref, ...query } = input;
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.evals.listQuestions({ ...query, workspaceId: workspace.id });
}
