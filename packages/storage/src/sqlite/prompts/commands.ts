import type { PromptStore, StoredPrompt } from '@lorebox/ports/prompt-store';
import { eq } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { prompts } from './schema.ts';

export const promptCommands = {
  'prompts.create'({ orm }: WriteContext, prompt: StoredPrompt) {
    orm.insert(prompts).values(prompt).run();
  },
  'prompts.update'({ orm }: WriteContext, input: { id: string; change: Parameters<PromptStore['update']>[1] }) {
    orm.update(prompts).set(input.change).where(eq(prompts.id, input.id)).run();
  },
  'prompts.remove'({ orm }: WriteContext, id: string) {
    orm.delete(prompts).where(eq(prompts.id, id)).run();
  },
};
