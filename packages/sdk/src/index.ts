export type { AppRouter } from '@lorebox/api/router';
export type { ApiKey, CreatedApiKey } from '@lorebox/contract/api-key';
export type {
  AnswerEnd,
  AnswerEvent,
  AskInput,
  AskStarted,
  Citation,
  Message,
  Source,
  Thread,
} from '@lorebox/contract/chat';
export type {
  Accepted,
  Chunk,
  Document,
  DocumentContent,
  DocumentSummary,
  IngestEvent,
  TextItem,
} from '@lorebox/contract/document';
export type { EventType, LoreboxEvent } from '@lorebox/contract/event';
export type { Job } from '@lorebox/contract/job';
export type { Page } from '@lorebox/contract/page';
export type { SearchHit, SearchInput, SearchResult } from '@lorebox/contract/search';
export type { Settings } from '@lorebox/contract/settings';
export type { Session, User } from '@lorebox/contract/user';
export type { CreatedWebhook, Delivery, Webhook } from '@lorebox/contract/webhook';
export type { Member, Workspace } from '@lorebox/contract/workspace';
export { AnswerStream } from './answer-stream.ts';
export type { CallOptions } from './call-options.ts';
export { Lorebox, type LoreboxOptions, type SearchQuery } from './client.ts';
export {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  LoreboxError,
  type LoreboxErrorCode,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from './errors.ts';
export { PageList } from './page-list.ts';
export type { DocumentOptions, UploadFile, UploadOptions } from './resources/documents.ts';
export type { ListOptions } from './resources/list-options.ts';
export type { ResponseInfo } from './response-info.ts';
export type { ByteStream, UploadProgress } from './upload/upload-form.ts';
