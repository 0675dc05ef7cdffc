import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { EvalRun } from '@lorebox/contract/eval';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findRun } from './find-run.ts';

export async function cancelEval(core: Core, actor: Actor, runId: string): Promise<EvalRun> {
  requireScope(actor, 'evals:write');
  const run = await findRun(core, actor, runId, 'editor');
  const end = { state: 'cancelled', metrics: null, message: null, at: new Date(core.clock.now()) } as const;
  if (!(await core.stores.evals.finishRun(runId, end)))
    throw new AppError('CONFLICT', `This eval run is ${run.state}.`);
  core.signals.evals.abort(runId);
  return { ...run, state: 'cancelled', finishedAt: end.at };
}
