import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/** A question, or a part of one, that is written once and used again. */
export const Prompt = z
  .object({
    id: Id.describe('Id of the prompt.'),
    title: z.string(),
    text: z.string().describe('Text of the prompt. May contain variables in double braces, such as `{{city}}`.'),
    workspaceId: Id.nullable().describe('Workspace whose members can use it. Null: a personal prompt.'),
    createdBy: Id.nullable().describe('User who created it. Null for API keys of the installation.'),
    updatedAt: z.date(),
  })
  .meta({ id: 'Prompt' });
export type Prompt = z.infer<typeof Prompt>;

const title = z.string().trim().min(1).max(200).describe('Title of the prompt.');
const text = z
  .string()
  .min(1)
  .max(20_000)
  .describe('Text of the prompt. May contain variables in double braces, such as `{{city}}`.');

export const CreatePromptInput = z.object({
  title,
  text,
  workspace: WorkspaceRef.shape.workspace
    .nullable()
    .optional()
    .describe('Workspace whose members can use the prompt: its id or slug. Omitted or null: a personal prompt.'),
});
export type CreatePromptInput = z.infer<typeof CreatePromptInput>;

export const UpdatePromptInput = z.object({
  promptId: Id.describe('Id of the prompt.'),
  title: title.optional(),
  text: text.optional(),
});
export type UpdatePromptInput = z.infer<typeof UpdatePromptInput>;

export const ListPromptsInput = z.object({
  workspace: WorkspaceRef.shape.workspace
    .optional()
    .describe('Also list the prompts of this workspace: its id or slug.'),
  ...PageInput.shape,
});
export type ListPromptsInput = z.infer<typeof ListPromptsInput>;
