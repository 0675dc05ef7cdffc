import type { Actor } from '@lorebox/contract/actor';
import type { WorkspaceEmbedding } from '@lorebox/contract/embedding';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { AUTOMATIC, measureWorkspace } from './included-embedder.ts';

export async function getEmbedding(core: Core, actor: Actor, ref: string): Promise<WorkspaceEmbedding> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const { active, chunks, next } = await core.stores.embeddings.state(workspace.id);
  const isAutomatic = (workspace.embedder ?? (await currentSettings(core)).embedder) === AUTOMATIC;
  const measured = isAutomatic ? (await measureWorkspace(core, workspace.id)).texts : { english: 0, other: 0 };
  const total = measured.english + measured.other;
  const otherLanguages = total === 0 ? null : measured.other / total;
  const languages = { isAutomatic, otherLanguages };
  const current = { ...languages, modelId: active?.modelId ?? null, dimension: active?.dimension ?? null, chunks };
  if (!next) return { ...current, next: null };
  const { modelId, done, since, message } = next;
  const seconds = (core.clock.now() - since.getTime()) / 1000;
  const secondsLeft = done === 0 ? null : Math.round((seconds / done) * Math.max(0, chunks - done));
  return {
    ...current,
    next: { modelId, done, progress: Math.min(1, done / Math.max(1, chunks)), secondsLeft, message },
  };
}
