import type { Actor } from '@lorebox/contract/actor';
import type { EvalRun } from '@lorebox/contract/eval';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findRun } from './find-run.ts';

export async function getEval(core: Core, actor: Actor, runId: string): Promise<EvalRun> {
  requireScope(actor, 'evals:read');
  return findRun(core, actor, runId, 'viewer');
}
