import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { EvalResult, EvalRun, StartEvalInput } from '@lorebox/contract/eval';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { chooseModel, requireMayOverride } from '../models/choose-model.ts';
import { currentSettings } from '../settings/current-settings.ts';

/** Starts a measurement and returns at once; it goes on over restarts. @throws AppError BAD_REQUEST without a question. */
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

export async function getEval(core: Core, actor: Actor, runId: string): Promise<EvalRun> {
  requireScope(actor, 'evals:read');
  return findRun(core, actor, runId, 'viewer');
}

export async function listResults(
  core: Core,
  actor: Actor,
  input: PageInput & { runId: string },
): Promise<Page<EvalResult>> {
  requireScope(actor, 'evals:read');
  await findRun(core, actor, input.runId, 'viewer');
  return core.stores.evals.listResults(input);
}

export async function cancelEval(core: Core, actor: Actor, runId: string): Promise<EvalRun> {
  requireScope(actor, 'evals:write');
  const run = await findRun(core, actor, runId, 'editor');
  const end = { state: 'cancelled', metrics: null, message: null, at: new Date(core.clock.now()) } as const;
  if (!(await core.stores.evals.finishRun(runId, end)))
    throw new AppError('CONFLICT', `This eval run is ${run.state}.`);
  core.signals.evals.abort(runId);
  return { ...run, state: 'cancelled', finishedAt: end.at };
}

export async function deleteEval(core: Core, actor: Actor, runId: string): Promise<void> {
  requireScope(actor, 'evals:write');
  await findRun(core, actor, runId, 'editor');
  await core.stores.evals.removeRun(runId);
  core.signals.evals.abort(runId);
}

export async function findRun(core: Core, actor: Actor, runId: string, needed: MemberRole): Promise<EvalRun> {
  const run = await core.stores.evals.getRun(runId);
  if (!run) throw new AppError('NOT_FOUND');
  await findWorkspace(core, actor, run.workspaceId, needed);
  return run;
}
