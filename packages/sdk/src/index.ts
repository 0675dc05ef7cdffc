export type { AppRouter } from '@lorebox/api/router';
export type { Scope } from '@lorebox/contract/actor';
export type { ApiKey, CreateApiKeyInput, CreatedApiKey, UpdateApiKeyInput } from '@lorebox/contract/api-key';
export type { AuditAction, AuditEntry, AuditExport, ExportAuditInput, ListAuditInput } from '@lorebox/contract/audit';
export type {
  AnswerEnd,
  AnswerEvent,
  AnswerTimings,
  AskInput,
  AskStarted,
  Attachment,
  Citation,
  ContextReport,
  Feedback,
  Message,
  MessageStatus,
  Source,
  Thread,
  UnsupportedSentence,
  Usage,
} from '@lorebox/contract/chat';
export type {
  Accepted,
  Chunk,
  Document,
  DocumentContent,
  DocumentStatus,
  DocumentSummary,
  DocumentText,
  IngestEvent,
  IngestStage,
  Metadata,
  TextItem,
} from '@lorebox/contract/document';
export type { WorkspaceEmbedding } from '@lorebox/contract/embedding';
export type { ErrorCode } from '@lorebox/contract/errors';
export type {
  AddedQuestions,
  AnswerMetrics,
  EvalComparison,
  EvalMetrics,
  EvalOptions,
  EvalResult,
  EvalRun,
  GenerateQuestionsInput,
  GoldenItem,
  GoldenQuestion,
  RelevantPlace,
  StartEvalInput,
  UpdateQuestionInput,
} from '@lorebox/contract/eval';
export type { EventType, LoreboxEvent } from '@lorebox/contract/event';
export type { FailureReason } from '@lorebox/contract/failure';
export type { Job } from '@lorebox/contract/job';
export type { Language, WorkspaceLanguage } from '@lorebox/contract/language';
export type { ModelInfo, ModelList, ProviderStatus, PullProgress } from '@lorebox/contract/model';
export type { Page } from '@lorebox/contract/page';
export type { SearchNotice } from '@lorebox/contract/reranker';
export type { SearchHit, SearchInput, SearchMode, SearchResult, SearchTimings } from '@lorebox/contract/search';
export type { Settings, UpdateSettingsInput } from '@lorebox/contract/settings';
export type {
  ConfigValue,
  ConnectorInfo,
  CreateSourceInput,
  SourceConfig,
  SourceRun,
  SyncCounts,
  SyncProblem,
  SyncSource,
  UpdateSourceInput,
} from '@lorebox/contract/source';
export type { SystemStatus, VectorBackendStatus } from '@lorebox/contract/status';
export type { CreateUserInput, Role, Session, SignedIn, UpdateUserInput, User } from '@lorebox/contract/user';
export type {
  CreatedWebhook,
  CreateWebhookInput,
  Delivery,
  DeliveryAttempt,
  DeliveryStatus,
  UpdatedWebhook,
  UpdateWebhookInput,
  Webhook,
} from '@lorebox/contract/webhook';
export type {
  ChatMode,
  CreateWorkspaceInput,
  Member,
  MemberRole,
  UpdateWorkspaceInput,
  Workspace,
} from '@lorebox/contract/workspace';
export { AnswerStream } from './answer-stream.ts';
export type { CallOptions } from './call-options.ts';
export { type AskOptions, Lorebox, type LoreboxOptions, type SearchQuery } from './client.ts';
export {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type ErrorDetails,
  LoreboxError,
  type LoreboxErrorCode,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from './errors.ts';
export { PageList } from './page-list.ts';
export type { ApiKeys } from './resources/api-keys.ts';
export type { Audit } from './resources/audit.ts';
export type { Auth, Me } from './resources/auth.ts';
export type { DocumentOptions, Documents, UploadOptions } from './resources/documents.ts';
export type { Evals } from './resources/evals.ts';
export type { Events } from './resources/events.ts';
export type { Jobs } from './resources/jobs.ts';
export type { ListOptions } from './resources/list-options.ts';
export type { Models } from './resources/models.ts';
export type { SettingsResource } from './resources/settings.ts';
export type { NewSource, SourceChange, Sources } from './resources/sources.ts';
export type { AgainOptions, Threads } from './resources/threads.ts';
export type { Users } from './resources/users.ts';
export type { Webhooks } from './resources/webhooks.ts';
export type { Workspaces } from './resources/workspaces.ts';
export type { ResponseInfo } from './response-info.ts';
export type { UploadFile } from './upload/open-file.ts';
export type { ByteStream, UploadProgress } from './upload/upload-form.ts';
