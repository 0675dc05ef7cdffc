import type { Actor } from '@lorebox/contract/actor';
import type { EvalResult } from '@lorebox/contract/eval';
import type { Page, PageInput } from '@lorebox/contract/page';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findRun } from './find-run.ts';

export async function listResults(
  core: Core,
  actor: Actor,
  input: PageInput & { runId: string },
): Promise<Page<EvalResult>> {
  requireScope(actor, 'evals:read');
  await findRun(core, actor, input.runId, 'viewer');
  return core.stores.evals.listResults(input);
}
