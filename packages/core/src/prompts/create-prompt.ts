import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { CreatePromptInput, Prompt } from '@lorebox/contract/prompt';
import { requireScope, userIdOf } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findPromptWorkspace, promptOwnerOf, toPrompt } from './find-prompt.ts';

const MAX_PROMPTS = 1000;

/** Creates a personal prompt, or one for everyone in a workspace, which requires the role editor. */
export async function createPrompt(
  core: Core,
  actor: Actor,
  { title, text, workspace: ref = null }: CreatePromptInput,
): Promise<Prompt> {
  requireScope(actor, 'chat');
  const workspaceId = ref === null ? null : (await findPromptWorkspace(core, actor, ref)).id;
  const ownerId = workspaceId === null ? promptOwnerOf(actor) : null;
  if (workspaceId === null && ownerId === null)
    throw new AppError('BAD_REQUEST', 'API keys have no personal prompts. Specify the workspace.');
  if ((await core.stores.prompts.count({ ownerId, workspaceId })) >= MAX_PROMPTS) {
    const limit = MAX_PROMPTS.toLocaleString('en');
    throw new AppError('UNPROCESSABLE', `There are already ${limit} prompts here. Delete one first.`);
  }
  const updatedAt = new Date(core.clock.now());
  const prompt = { id: createId('prm'), title, text, workspaceId, ownerId, createdBy: userIdOf(actor), updatedAt };
  await core.stores.prompts.create(prompt);
  return toPrompt(prompt);
}
