// Input types of methods: fields with a default are optional.
import type { AppRouter } from '@lorebox/api/router';
import type { inferRouterInputs } from '@trpc/server';

type Inputs = inferRouterInputs<AppRouter>;
type Without<Input, Key extends string> = Omit<NonNullable<Input>, Key>;

/** Input of `ask`. */
export type AskInput = Inputs['chat']['ask'];
/** Input of `search`. */
export type SearchInput = Inputs['search'];

export type CreateApiKeyInput = Inputs['apiKeys']['create'];
export type UpdateApiKeyInput = Without<Inputs['apiKeys']['update'], 'keyId'>;
export type RotateApiKeyInput = Without<Inputs['apiKeys']['rotate'], 'keyId'>;
export type ListAuditInput = Inputs['audit']['list'];
export type ExportAuditInput = Inputs['audit']['export'];
export type CreateUserInput = Inputs['users']['create'];
export type CreateInviteInput = Inputs['invites']['create'];
export type UsageInput = Inputs['usage']['summary'];
export type SetModelServerInput = Inputs['models']['setServer'];
export type ListUsersInput = Inputs['users']['list'];
export type UpdateUserInput = Without<Inputs['users']['update'], 'userId'>;
export type CreateWorkspaceInput = Inputs['workspaces']['create'];
export type UpdateWorkspaceInput = Without<Inputs['workspaces']['update'], 'workspace'>;
export type ListDocumentsInput = Without<Inputs['documents']['list'], 'workspace'>;
export type UpdateDocumentInput = Without<Inputs['documents']['update'], 'documentId'>;
export type TextItem = Inputs['documents']['importTexts']['items'][number];
export type GoldenItem = Inputs['evals']['addQuestions']['items'][number];
export type ListQuestionsInput = Without<Inputs['evals']['listQuestions'], 'workspace'>;
export type UpdateQuestionInput = Without<Inputs['evals']['updateQuestion'], 'questionId'>;
export type GenerateQuestionsInput = Without<Inputs['evals']['generateQuestions'], 'workspace'>;
export type StartEvalInput = Without<Inputs['evals']['start'], 'workspace'>;
export type ListThreadsInput = Without<Inputs['threads']['list'], 'workspace'>;
export type ListSharesInput = Inputs['shares']['list'];
export type CreatePromptInput = Inputs['prompts']['create'];
export type ListPromptsInput = Inputs['prompts']['list'];
export type UpdatePromptInput = Without<Inputs['prompts']['update'], 'promptId'>;
export type CreateWidgetInput = Without<Inputs['widgets']['create'], 'workspace'>;
export type UpdateWidgetInput = Without<Inputs['widgets']['update'], 'widgetId'>;
export type UpdateThreadInput = Without<Inputs['threads']['update'], 'threadId'>;
export type ListEventsInput = Inputs['events']['list'];
export type ListJobsInput = Inputs['jobs']['list'];
export type UpdateSettingsInput = Inputs['settings']['update'];
export type CreateSourceInput = Without<Inputs['sources']['create'], 'workspace'>;
export type UpdateSourceInput = Without<Inputs['sources']['update'], 'sourceId'>;
export type CreateWebhookInput = Inputs['webhooks']['create'];
export type UpdateWebhookInput = Without<Inputs['webhooks']['update'], 'webhookId'>;
export type ListDeliveriesInput = Without<Inputs['webhooks']['deliveries'], 'webhookId'>;
