import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Prompt } from '@lorebox/contract/prompt';
import type { Workspace } from '@lorebox/contract/workspace';
import type { StoredPrompt } from '@lorebox/ports/prompt-store';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** Personal prompts belong to people. Keys use those of workspaces. */
export function promptOwnerOf(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.userId : null;
}

/** Finds a workspace whose prompts the actor may change. Everyone in it uses them, so chatting isn't enough. */
export async function findPromptWorkspace(core: Core, actor: Actor, ref: string): Promise<Workspace> {
  const workspace = await findWorkspace(core, actor, ref, 'editor');
  requireScope(actor, 'documents:write');
  return workspace;
}

/**
 * Finds a prompt that the actor may change: their own, or one of a workspace that they may edit.
 * @throws AppError NOT_FOUND, or FORBIDDEN if they may only use it.
 */
export async function findPrompt(core: Core, actor: Actor, promptId: string): Promise<StoredPrompt> {
  requireScope(actor, 'chat');
  const prompt = await core.stores.prompts.get(promptId);
  if (!prompt) throw new AppError('NOT_FOUND');
  if (prompt.workspaceId !== null) await findPromptWorkspace(core, actor, prompt.workspaceId);
  else if (prompt.ownerId !== promptOwnerOf(actor)) throw new AppError('NOT_FOUND');
  return prompt;
}

export function toPrompt({ ownerId: _, ...prompt }: StoredPrompt): Prompt {
  return prompt;
}
