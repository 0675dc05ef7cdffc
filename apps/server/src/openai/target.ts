import { isAppError } from '@lorebox/contract/errors';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { requireScope } from '@lorebox/core/access/require-scope';
import type { Call } from './call.ts';

export const WORKSPACE_PREFIX = 'workspace:';

/** What answers: a workspace from its documents, or a raw model. */
export type Target = { kind: 'workspace'; workspaceId: string } | { kind: 'model'; modelId: string };

/**
 * Resolves "workspace:demo", "demo" or "ollama:llama3.2". A name without a colon is a workspace if one has that name.
 * Null if there is none.
 */
export async function findTarget({ core, actor }: Call, model: string): Promise<Target | null> {
  requireScope(actor, 'chat');
  const isNamed = model.startsWith(WORKSPACE_PREFIX);
  if (!isNamed && model.includes(':')) return { kind: 'model', modelId: model };
  const ref = isNamed ? model.slice(WORKSPACE_PREFIX.length) : model;
  try {
    return { kind: 'workspace', workspaceId: (await findWorkspace(core, actor, ref, 'viewer')).id };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    if (isNamed) return null;
    return { kind: 'model', modelId: model };
  }
}

export function isNotFound(error: unknown): boolean {
  return isAppError(error) && error.code === 'NOT_FOUND';
}
