import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { EvalRun, StartEvalInput } from '@lorebox/contract/eval';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { chooseModel } from '../models/choose-model.ts';
import { requireMayOverride } from '../models/require-may-override.ts';
import { currentSettings } from '../settings/current-settings.ts';

/**
 * Starts an eval run and returns immediately. The run continues after a restart.
 * @throws AppError BAD_REQUEST if the workspace has no approved test question.
 */
export async function startEval(core: Core, actor: Actor, input: StartEvalInput): Promise<EvalRun> {
  requireScope(actor, 'evals:write');
  const { workspace: ref, label, ...options } = input;
  const workspace = await findWorkspace(core, actor, ref, 'editor');
  requireMayOverride(workspace, options.model);
  if (options.model) await chooseModel(core, workspace, options.model);
  const { ready: documents } = await core.stores.documents.summary(workspace.id);
  const setting = {
    version: core.version,
    embedder: await core.stores.embeddings.active(workspace.id),
    reranker: options.rerank ? (workspace.reranker ?? (await currentSettings(core)).reranker) : 'off',
    documents,
  };
  const startedAt = new Date(core.clock.now());
  const run = {
    id: createId('evl'),
    workspaceId: workspace.id,
    label,
    options,
    setting,
    state: 'running',
    startedAt,
  } as const;
  const total = await core.stores.evals.startRun(run);
  if (total === 0) {
    await core.stores.evals.removeRun(run.id);
    throw new AppError('BAD_REQUEST', 'The workspace has no approved test questions. Add or approve some first.');
  }
  core.signals.evals.wake();
  return { ...run, total, done: 0, metrics: null, message: null, finishedAt: null };
}
