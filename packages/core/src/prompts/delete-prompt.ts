import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { findPrompt } from './find-prompt.ts';

export async function deletePrompt(core: Core, actor: Actor, promptId: string): Promise<void> {
  const prompt = await findPrompt(core, actor, promptId);
  await core.stores.prompts.remove(prompt.id);
}
