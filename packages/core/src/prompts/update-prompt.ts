import type { Actor } from '@lorebox/contract/actor';
import type { Prompt, UpdatePromptInput } from '@lorebox/contract/prompt';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findPrompt, toPrompt } from './find-prompt.ts';

export async function updatePrompt(
  core: Core,
  actor: Actor,
  { promptId, ...input }: UpdatePromptInput,
): Promise<Prompt> {
  const prompt = await findPrompt(core, actor, promptId);
  const change = { ...withoutUndefined(input), updatedAt: new Date(core.clock.now()) };
  await core.stores.prompts.update(prompt.id, change);
  return toPrompt({ ...prompt, ...change });
}
