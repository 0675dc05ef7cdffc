import { z } from 'zod';
import { EmbedderName } from './embedding.ts';
import { Id } from './ids.ts';
import { WorkspaceLanguage } from './language.ts';
import { RerankerName } from './reranker.ts';

/** chat: documents first, the model's own knowledge otherwise; query: documents only, else the refusal text. */
export const ChatMode = z.enum(['chat', 'query']).meta({ id: 'ChatMode' });
export type ChatMode = z.infer<typeof ChatMode>;

export const DEFAULT_REFUSAL = 'There is nothing in the documents of this workspace that answers the question.';

export const WorkspaceSettings = z
  .object({
    mode: ChatMode,
    refusalText: z.string().max(2000),
    instructions: z.string().max(20_000).describe('Put before every question, as the system prompt of the workspace.'),
    model: z.string().max(200).nullable().describe('Model id such as "ollama:llama3.2"; null takes the default.'),
    temperature: z.number().min(0).max(2).nullable(),
    topK: z.number().int().min(1).max(50).describe('Passages that a question retrieves.'),
    similarityFloor: z.number().min(0).max(1).describe('Cosine similarity under which a vector hit is dropped.'),
    historyMessages: z.number().int().min(0).max(100).describe('Earlier messages that a question may carry along.'),
    reranker: RerankerName.nullable().describe(
      'Judges the best passages once more; null takes the default, "off" has none.',
    ),
    language: WorkspaceLanguage,
    rewriteFollowUps: z
      .boolean()
      .describe(
        'Has the model reword a question that goes on from the last one, and searches for both wordings. One more call.',
      ),
    lockModel: z.boolean().describe('Questions and measurements use the model of the workspace and name no other.'),
    localOnly: z
      .boolean()
      .describe(
        'No text of the workspace leaves this machine: no model, embedder, reranker, transcriber or vector backend on another one, and no webhooks. Only an admin can take it back.',
      ),
    expandSources: z
      .boolean()
      .describe("Fills what is left of the model's window with the text around the best passages."),
    embedder: EmbedderName.nullable().describe(
      'What makes the vectors; null takes the default. After a change new vectors are made while the old ones serve.',
    ),
  })
  .meta({ id: 'WorkspaceSettings' });
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

export const DEFAULT_WORKSPACE_SETTINGS: WorkspaceSettings = {
  mode: 'chat',
  refusalText: DEFAULT_REFUSAL,
  instructions: '',
  model: null,
  temperature: null,
  topK: 8,
  similarityFloor: 0,
  historyMessages: 20,
  embedder: null,
  reranker: null,
  language: 'auto',
  rewriteFollowUps: false,
  expandSources: false,
  lockModel: false,
  localOnly: false,
};

export const Workspace = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string().describe('Unique, made from the name; works wherever an id does.'),
    ...WorkspaceSettings.shape,
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof Workspace>;

export const WorkspaceName = z.string().trim().min(1).max(200);
export const CreateWorkspaceInput = z.object({ name: WorkspaceName, ...WorkspaceSettings.partial().shape });
export type CreateWorkspaceInput = z.infer<typeof CreateWorkspaceInput>;

/** Takes the workspace's id or its slug. */
export const WorkspaceRef = z.object({ workspace: z.string().min(1).max(300).describe('Id or slug.') });
export type WorkspaceRef = z.infer<typeof WorkspaceRef>;

export const UpdateWorkspaceInput = z.object({
  ...WorkspaceRef.shape,
  name: WorkspaceName.optional(),
  ...WorkspaceSettings.partial().shape,
});
export type UpdateWorkspaceInput = z.infer<typeof UpdateWorkspaceInput>;

/** viewer: read and chat; editor: documents as well; owner: settings and members as well. */
export const MemberRole = z.enum(['viewer', 'editor', 'owner']).meta({ id: 'MemberRole' });
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z
  .object({ userId: Id, username: z.string(), role: MemberRole, addedAt: z.date() })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const SetMemberInput = z.object({ ...WorkspaceRef.shape, userId: Id, role: MemberRole.default('editor') });
export type SetMemberInput = z.infer<typeof SetMemberInput>;
