export type { AppRouter } from '@lorebox/api/router';
export type { Scope } from '@lorebox/contract/actor';
export type { ApiKey, CreatedApiKey } from '@lorebox/contract/api-key';
export type { AppInfo } from '@lorebox/contract/app-info';
export type { AuditAction, AuditEntry, AuditExport } from '@lorebox/contract/audit';
export type { FooterLink, Logo, ThemeVariables } from '@lorebox/contract/branding';
export type {
  AnswerBasis,
  AnswerDetails,
  AnswerEnd,
  AnswerEvent,
  AnswerNotice,
  AnswerStatus,
  AnswerTimings,
  AskStarted,
  Attachment,
  Citation,
  CitationOrigin,
  CitedSentence,
  ContextReport,
  Feedback,
  FinishReason,
  Message,
  MessageStatus,
  Source,
  TableQuery,
  Thread,
  ThreadVisibility,
  UnsupportedSentence,
  Usage,
} from '@lorebox/contract/chat';
export type { Comment } from '@lorebox/contract/comment';
export type {
  Accepted,
  Chunk,
  Document,
  DocumentContent,
  DocumentFolder,
  DocumentLink,
  DocumentSort,
  DocumentStatus,
  DocumentSummary,
  DocumentText,
  IngestEvent,
  IngestStage,
  Metadata,
  OnSamePath,
} from '@lorebox/contract/document';
export type { WorkspaceEmbedding } from '@lorebox/contract/embedding';
export type { ErrorCode, FieldProblem } from '@lorebox/contract/errors';
export type {
  AddedQuestions,
  AnswerMetrics,
  EvalComparison,
  EvalMetrics,
  EvalOptions,
  EvalResult,
  EvalRun,
  GoldenQuestion,
  RelevantPlace,
} from '@lorebox/contract/eval';
export type { EventType, LoreboxEvent } from '@lorebox/contract/event';
export type { FailureReason } from '@lorebox/contract/failure';
export type { HealthCheck, HealthSeverity, SystemHealth } from '@lorebox/contract/health';
export type { CreatedInvite, Invite, InviteInfo } from '@lorebox/contract/invite';
export type { Job } from '@lorebox/contract/job';
export type { Language, WorkspaceLanguage } from '@lorebox/contract/language';
export type {
  ModelInfo,
  ModelList,
  ModelServer,
  ModelTest,
  ProviderStatus,
  PullProgress,
} from '@lorebox/contract/model';
export type { Page, SortOrder } from '@lorebox/contract/page';
export type { Prompt } from '@lorebox/contract/prompt';
export type { SearchNotice } from '@lorebox/contract/reranker';
export type { SearchHit, SearchMode, SearchResult, SearchTimings } from '@lorebox/contract/search';
export type { Settings } from '@lorebox/contract/settings';
export type { CreatedShare, Share, SharedCitation, SharedMessage, SharedThread } from '@lorebox/contract/share';
export type {
  ConfigValue,
  ConnectorInfo,
  SourceConfig,
  SourceRun,
  SyncCounts,
  SyncProblem,
  SyncSource,
} from '@lorebox/contract/source';
export type { SystemStatus, VectorBackendStatus } from '@lorebox/contract/status';
export type { UsageGrouping, UsageRow, UsageSummary } from '@lorebox/contract/usage';
export type { Preferences, Role, Session, SignedIn, Theme, User } from '@lorebox/contract/user';
export type {
  CreatedWebhook,
  Delivery,
  DeliveryAttempt,
  DeliveryStatus,
  UpdatedWebhook,
  Webhook,
} from '@lorebox/contract/webhook';
export type {
  ConversationExport,
  Lead,
  LeadForm,
  Widget,
  WidgetConversation,
  WidgetConversationDetails,
  WidgetLanguage,
  WidgetMessage,
  WidgetPosition,
} from '@lorebox/contract/widget';
export type {
  ChatMode,
  Member,
  MemberRole,
  Membership,
  SummaryModels,
  Thinking,
  Workspace,
} from '@lorebox/contract/workspace';
export { AnswerStream } from './answer-stream.ts';
export type { CallOptions } from './call-options.ts';
export { type AskOptions, Lorebox } from './client.ts';
export type { LoreboxOptions } from './client-options.ts';
export {
  APIConnectionError,
  APITimeoutError,
  AuthenticationError,
  BadRequestError,
  CancelledError,
  ConflictError,
  type ErrorDetails,
  LoreboxError,
  type LoreboxErrorCode,
  MalformedResponseError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from './errors.ts';
export type {
  AnswerEndEvent,
  AnswerErrorEvent,
  AnswerStartEvent,
  ReasoningDeltaEvent,
  SourcesFoundEvent,
  TextDeltaEvent,
} from './events.ts';
export type {
  AskInput,
  CreateApiKeyInput,
  CreateInviteInput,
  CreatePromptInput,
  CreateSourceInput,
  CreateUserInput,
  CreateWebhookInput,
  CreateWidgetInput,
  CreateWorkspaceInput,
  ExportAuditInput,
  GenerateQuestionsInput,
  GoldenItem,
  ListAuditInput,
  ListDeliveriesInput,
  ListDocumentsInput,
  ListEventsInput,
  ListJobsInput,
  ListPromptsInput,
  ListQuestionsInput,
  ListSharesInput,
  ListThreadsInput,
  ListUsersInput,
  RotateApiKeyInput,
  SearchInput,
  SetModelServerInput,
  StartEvalInput,
  TextItem,
  UpdateApiKeyInput,
  UpdateDocumentInput,
  UpdatePromptInput,
  UpdateQuestionInput,
  UpdateSettingsInput,
  UpdateSourceInput,
  UpdateThreadInput,
  UpdateUserInput,
  UpdateWebhookInput,
  UpdateWidgetInput,
  UpdateWorkspaceInput,
  UsageInput,
} from './inputs.ts';
export type { LogEntry, Logger } from './logger.ts';
export { PageList } from './page-list.ts';
export type { ApiKeys } from './resources/api-keys.ts';
export type { Audit } from './resources/audit.ts';
export type { Auth, Me } from './resources/auth.ts';
export type { Comments } from './resources/comments.ts';
export type { Documents } from './resources/documents.ts';
export type { Evals } from './resources/evals.ts';
export type { Events } from './resources/events.ts';
export type { Invites } from './resources/invites.ts';
export type { Jobs } from './resources/jobs.ts';
export type { ListOptions } from './resources/list-options.ts';
export type { Models } from './resources/models.ts';
export type { Prompts } from './resources/prompts.ts';
export type { SettingsResource } from './resources/settings.ts';
export type { Shares } from './resources/shares.ts';
export type { Sources } from './resources/sources.ts';
export type { AgainOptions, Threads } from './resources/threads.ts';
export type { DocumentOptions, UploadOptions } from './resources/upload-files.ts';
export type { Users } from './resources/users.ts';
export type { WaitForDocumentsOptions, WaitOptions } from './resources/wait-for-documents.ts';
export type { Webhooks } from './resources/webhooks.ts';
export type { Widgets } from './resources/widgets.ts';
export type { Workspaces } from './resources/workspaces.ts';
export type { ResponseInfo } from './response-info.ts';
export type { StreamFormat } from './to-byte-stream.ts';
export type { FileDetails, UploadFile } from './upload/open-file.ts';
export type { ByteStream, UploadProgress } from './upload/upload-form.ts';
