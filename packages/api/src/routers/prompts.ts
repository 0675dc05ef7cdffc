import { pageOf } from '@lorebox/contract/page';
import { CreatePromptInput, ListPromptsInput, Prompt, UpdatePromptInput } from '@lorebox/contract/prompt';
import { createPrompt } from '@lorebox/core/prompts/create-prompt';
import { deletePrompt } from '@lorebox/core/prompts/delete-prompt';
import { listPrompts } from '@lorebox/core/prompts/list-prompts';
import { updatePrompt } from '@lorebox/core/prompts/update-prompt';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['prompts'];
const scopes: ['chat'] = ['chat'];

export const promptsRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/prompts',
        tags,
        scopes,
        summary: 'Create a prompt',
        description:
          'Without a workspace, the prompt is yours alone. Prompts of a workspace require the role editor, and for API keys also the scope `documents:write`.',
        example: { input: { title: 'Opening hours', text: 'When does {{place}} open on {{day}}?' } },
        status: 201,
      },
    })
    .input(CreatePromptInput)
    .output(Prompt)
    .mutation(({ ctx, input }) => createPrompt(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/prompts',
        tags,
        scopes,
        summary: 'List prompts, newest first',
        description: 'Lists your personal prompts and, with a workspace, also those of the workspace.',
      },
    })
    .input(ListPromptsInput)
    .output(pageOf(Prompt))
    .query(({ ctx, input }) => listPrompts(ctx.core, ctx.actor, input)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/prompts/{promptId}',
        tags,
        scopes,
        summary: 'Update a prompt',
        example: { input: { title: 'Opening hours' } },
      },
    })
    .input(UpdatePromptInput)
    .output(Prompt)
    .mutation(({ ctx, input }) => updatePrompt(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/prompts/{promptId}',
        tags,
        scopes,
        summary: 'Delete a prompt',
        status: 204,
      },
    })
    .input(UpdatePromptInput.pick({ promptId: true }))
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deletePrompt(ctx.core, ctx.actor, input.promptId);
    }),
});
