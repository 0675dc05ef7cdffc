import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { ListPromptsInput, Prompt } from '@lorebox/contract/prompt';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { promptOwnerOf } from './find-prompt.ts';

export async function listPrompts(
  core: Core,
  actor: Actor,
  { workspace: ref, ...page }: ListPromptsInput,
): Promise<Page<Prompt>> {
  requireScope(actor, 'chat');
  const workspaceId = ref === undefined ? null : (await findWorkspace(core, actor, ref, 'viewer')).id;
  return core.stores.prompts.list({ ownerId: promptOwnerOf(actor), workspaceId }, page);
}
