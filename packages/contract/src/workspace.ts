import { z } from 'zod';
import { EmbedderName } from './embedding.ts';
import { Id } from './ids.ts';
import { WorkspaceLanguage } from './language.ts';
import { RerankerName } from './reranker.ts';

/** chat: documents first, otherwise the model's own knowledge; query: documents only, otherwise the refusal text. */
export const ChatMode = z.enum(['chat', 'query']).meta({ id: 'ChatMode' });
export type ChatMode = z.infer<typeof ChatMode>;

/** How much a model that can think does so before it answers. default: as the model does by itself. */
export const Thinking = z.enum(['off', 'low', 'medium', 'high', 'default']).meta({ id: 'Thinking' });
export type Thinking = z.infer<typeof Thinking>;

/** Which models summarize long documents in the background. */
export const SummaryModels = z.enum(['off', 'local', 'any']).meta({ id: 'SummaryModels' });
export type SummaryModels = z.infer<typeof SummaryModels>;

export const MaxAnswerTokens = z.number().int().min(16).max(131_072);

export const DEFAULT_REFUSAL = 'The documents in this workspace do not answer this question.';

export const WorkspaceSettings = z
  .object({
    mode: ChatMode,
    refusalText: z.string().max(2000),
    instructions: z.string().max(20_000).describe('System prompt of the workspace, sent with every question.'),
    model: z.string().max(200).nullable().describe('Model id such as "ollama:llama3.2". Null uses the default.'),
    temperature: z
      .number()
      .min(0)
      .max(2)
      .nullable()
      .describe('Temperature. Null: 0.1 for models on this machine, and the default of the server for others.'),
    maxAnswerTokens: MaxAnswerTokens.nullable().describe(
      'Maximum length of an answer in tokens. Null uses the default of the installation.',
    ),
    thinking: Thinking.describe(
      'How much a model that can think does so before it answers. Thinking counts toward the length of the answer.',
    ),
    summaries: SummaryModels.describe(
      'Which models may summarize documents that are longer than a context window, in the background: none ("off"), those on this machine ("local"), or any.',
    ),
    topK: z.number().int().min(1).max(50).describe('Number of passages to retrieve per question.'),
    similarityFloor: z.number().min(0).max(1).describe('Minimum cosine similarity of vector search results.'),
    historyMessages: z
      .number()
      .int()
      .min(0)
      .max(100)
      .describe('Number of earlier messages to include with a question.'),
    reranker: RerankerName.nullable().describe('Reranker. Null uses the default; "off" turns reranking off.'),
    language: WorkspaceLanguage,
    rewriteFollowUps: z
      .boolean()
      .describe(
        'Lets the model rewrite follow-up questions, and searches for both versions. Costs one more model call.',
      ),
    lockModel: z.boolean().describe('Questions and eval runs must use the model of the workspace.'),
    localOnly: z
      .boolean()
      .describe(
        'Keeps all text of the workspace on this machine: no remote model, embedder, reranker, transcription server or vector backend, and no webhooks. Only an admin can turn it off.',
      ),
    expandSources: z
      .boolean()
      .describe('Fills the remaining context window of the model with the text around the best passages.'),
    embedder: EmbedderName.nullable().describe(
      'Embedder. Null uses the default. When it changes, search uses the old vectors until re-embedding is done.',
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
  maxAnswerTokens: null,
  thinking: 'off',
  summaries: 'local',
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
    slug: z.string().describe('Unique name for URLs, derived from the workspace name. Accepted in place of the id.'),
    ...WorkspaceSettings.shape,
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof Workspace>;

export const WorkspaceName = z.string().trim().min(1).max(200);
export const CreateWorkspaceInput = z.object({ name: WorkspaceName, ...WorkspaceSettings.partial().shape });
export type CreateWorkspaceInput = z.infer<typeof CreateWorkspaceInput>;

/** Takes the id or the slug of the workspace. */
export const WorkspaceRef = z.object({ workspace: z.string().min(1).max(300).describe('Id or slug.') });
export type WorkspaceRef = z.infer<typeof WorkspaceRef>;

export const UpdateWorkspaceInput = z.object({
  ...WorkspaceRef.shape,
  name: WorkspaceName.optional(),
  ...WorkspaceSettings.partial().shape,
});
export type UpdateWorkspaceInput = z.infer<typeof UpdateWorkspaceInput>;

/** viewer: read and chat; editor: also documents; owner: also settings and members. */
export const MemberRole = z.enum(['viewer', 'editor', 'owner']).meta({ id: 'MemberRole' });
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z
  .object({ userId: Id, username: z.string(), role: MemberRole, addedAt: z.date() })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

/** A workspace that a user is a member of. */
export const Membership = z
  .object({ workspaceId: Id, name: z.string(), slug: z.string(), role: MemberRole, addedAt: z.date() })
  .meta({ id: 'Membership' });
export type Membership = z.infer<typeof Membership>;

export const SetMemberInput = z.object({ ...WorkspaceRef.shape, userId: Id, role: MemberRole.default('editor') });
export type SetMemberInput = z.infer<typeof SetMemberInput>;
