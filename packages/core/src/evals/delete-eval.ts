import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findRun } from './find-run.ts';

export async function deleteEval(core: Core, actor: Actor, runId: string): Promise<void> {
  requireScope(actor, 'evals:write');
  await findRun(core, actor, runId, 'editor');
  await core.stores.evals.removeRun(runId);
  core.signals.evals.abort(runId);
}
