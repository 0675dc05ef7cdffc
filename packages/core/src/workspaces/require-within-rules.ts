import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { WorkspaceSettings } from '@lorebox/contract/workspace';
import { isAdmin } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { requireAllowedEmbedder } from '../embeddings/choose-embedder.ts';
import { localOnlyError } from '../models/local-only-error.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { currentSettings } from '../settings/current-settings.ts';

type Choice = Pick<WorkspaceSettings, 'model' | 'embedder' | 'reranker' | 'localOnly'>;

/**
 * Checks new settings of a workspace: changed names have to be allowed, and a local-only workspace must not use
 * anything remote. A missing reranker is downloaded only if an admin selects it.
 */
export async function requireWithinRules(
  core: Core,
  actor: Actor,
  after: Choice,
  change: { [K in keyof Choice]?: Choice[K] | undefined },
): Promise<void> {
  if (change.model) await requireAllowed(core, 'model', core.models.chat.fullId(change.model));
  if (change.embedder) {
    core.models.embedders.requireValidName(change.embedder);
    await requireAllowedEmbedder(core, change.embedder);
    core.models.embedders.get(change.embedder);
  }
  if (change.reranker) core.models.rerankers.requireValidName(change.reranker);
  if (change.reranker) await requireAllowed(core, 'reranker', change.reranker);
  const isTouched = change.localOnly ?? (change.model || change.embedder || change.reranker) !== undefined;
  if (after.localOnly && isTouched) await requireLocal(core, after);
  if (change.reranker && isAdmin(actor)) core.models.rerankers.download(change.reranker);
}

export function requireMayLiftLocalOnly(actor: Actor): void {
  if (isAdmin(actor)) return;
  throw new AppError('FORBIDDEN', 'Only an admin can turn off local-only mode.');
}

async function requireLocal(core: Core, { model, embedder, reranker }: Choice): Promise<void> {
  const settings = await currentSettings(core);
  if (!(await core.models.chat.isLocal(model)))
    throw localOnlyError(`the model "${model ?? settings.defaultModel ?? 'Ollama default'}"`);
  const [embedderName, rerankerName] = [embedder ?? settings.embedder, reranker ?? settings.reranker];
  if (!core.models.embedders.isLocal(embedderName)) throw localOnlyError(`the embedder "${embedderName}"`);
  if (!core.models.rerankers.isLocal(rerankerName)) throw localOnlyError(`the reranker "${rerankerName}"`);
}
