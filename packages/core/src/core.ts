import type { Settings } from '@lorebox/contract/settings';
import type { SystemStatus, VectorBackendStatus } from '@lorebox/contract/status';
import type { AuditLog } from '@lorebox/ports/audit-log';
import type { ModelCatalog } from '@lorebox/ports/chat-model';
import type { AnswerStore, ThreadStore } from '@lorebox/ports/chat-stores';
import type { CommentStore } from '@lorebox/ports/comment-store';
import type { ConnectorRegistry, SourceHosts } from '@lorebox/ports/connector';
import type { DocumentStore, JobStore } from '@lorebox/ports/document-stores';
import type { EmbedderCatalog } from '@lorebox/ports/embedder';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { EvalStore } from '@lorebox/ports/eval-store';
import type { EventStore, WebhookStore } from '@lorebox/ports/event-stores';
import type { IdempotencyRows } from '@lorebox/ports/idempotency-rows';
import type { ApiKeyStore, SessionStore, SettingStore, UserStore } from '@lorebox/ports/identity-stores';
import type { InviteStore } from '@lorebox/ports/invite-store';
import type { ModelStatsStore } from '@lorebox/ports/model-stats-store';
import type { PromptStore } from '@lorebox/ports/prompt-store';
import type { RerankerCatalog } from '@lorebox/ports/reranker';
import type {
  BlobStore,
  Clock,
  Images,
  Log,
  Machine,
  PasswordHasher,
  Secrets,
  UrlFetcher,
  Vault,
  WebhookSender,
} from '@lorebox/ports/runtime';
import type { SearchIndex } from '@lorebox/ports/search-index';
import type { ShareStore } from '@lorebox/ports/share-store';
import type { SourceStore } from '@lorebox/ports/source-stores';
import type { SummaryStore } from '@lorebox/ports/summary-store';
import type { TableEngine } from '@lorebox/ports/table-engine';
import type { UsageStore } from '@lorebox/ports/usage-store';
import type { WidgetStore } from '@lorebox/ports/widget-store';
import type { WorkspaceStore } from '@lorebox/ports/workspace-stores';
import type { RepeatLimiter } from './audit/repeat-limiter.ts';
import type { AnswerHub } from './chat/answer-hub.ts';
import type { Ceilings, Limits } from './limits/ceilings.ts';
import type { WorkspaceRoom } from './limits/workspace-room.ts';

/** The dependencies of retrieval, answers and evals. */
export interface Services {
  version: string;
  startedAt: number;
  stores: Stores;
  search: SearchIndex;
  tables: TableEngine;
  models: Models;
  connectors: Connectors;
  security: Security;
  limits: CoreLimits;
  network: Network;
  answerHub: AnswerHub;
  /** Settings from the environment; an admin can override them. */
  settingDefaults: Settings;
  /** How parser processes are isolated from the rest of the machine. */
  parserSandbox(): Promise<SystemStatus['parserSandbox']>;
  machine: Machine;
  images: Images;
  clock: Clock;
  log: Log;
}

/** The dependencies of all use cases. apps/server composes them, and tests compose their own. */
export interface Core extends Services {
  signals: Signals;
}

export interface Stores {
  users: UserStore;
  sessions: SessionStore;
  invites: InviteStore;
  apiKeys: ApiKeyStore;
  settings: SettingStore;
  audit: AuditLog;
  workspaces: WorkspaceStore;
  threads: ThreadStore;
  shares: ShareStore;
  comments: CommentStore;
  prompts: PromptStore;
  widgets: WidgetStore;
  answers: AnswerStore;
  documents: DocumentStore;
  jobs: JobStore;
  events: EventStore;
  webhooks: WebhookStore;
  sources: SourceStore;
  idempotency: IdempotencyRows;
  embeddings: EmbeddingStore;
  evals: EvalStore;
  blobs: BlobStore;
  modelStats: ModelStatsStore;
  usage: UsageStore;
  summaries: SummaryStore;
}

export interface Models {
  chat: ModelCatalog;
  embedders: EmbedderCatalog;
  rerankers: RerankerCatalog;
  /** After this many milliseconds, a search returns results without reranking. */
  rerankTimeoutMs: number;
}

export interface Connectors {
  registry: ConnectorRegistry;
  hosts: SourceHosts;
}

export interface Security {
  passwords: PasswordHasher;
  sessions: SessionKeeper;
  secrets: Secrets;
  vault: Vault;
}

export interface CoreLimits {
  settings: Limits;
  ceilings: Ceilings;
  room: WorkspaceRoom;
  /** Limits how often the same refusal is written to the audit log. */
  auditRepeats: RepeatLimiter;
}

export interface Network {
  urls: UrlFetcher;
  webhooks: WebhookSender;
}

/** Messages to the background services. */
export interface Signals {
  ingest: IngestSignals;
  sources: SourceSignals;
  webhooks: WebhookSignals;
  evals: EvalSignals;
  /** Null if SQLite is the only vector backend. */
  vectors: VectorSignals | null;
}

/** Sessions by token, implemented with Lucia. */
export interface SessionKeeper {
  start(userId: string): Promise<{ token: string; expiresAt: Date }>;
  /** Returns the user of an active session. Extends the session after half of its lifetime. */
  validate(token: string): Promise<{ sessionId: string; userId: string } | null>;
  end(sessionId: string): Promise<void>;
  endAll(userId: string): Promise<void>;
}

/** Messages to the ingest thread. */
export interface IngestSignals {
  /** There are new jobs. */
  wake(): void;
  /** Stop working on these documents now. */
  abort(documentIds: readonly string[]): void;
  /** Resolves when the state of a document changes, or after `timeoutMs`. */
  changed(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

/** Messages to the webhook runner. */
export interface WebhookSignals {
  /** There are new deliveries. */
  wake(): void;
}

/** Messages to the eval runner. */
export interface EvalSignals {
  /** There is a new eval run. */
  wake(): void;
  /** Stop this eval run now. */
  abort(runId: string): void;
}

/** Messages to the source thread. */
export interface SourceSignals {
  /** A source is due for a sync run or was deleted. */
  wake(): void;
  /** Stop the sync run of this source now. The caller has stored its result. */
  abort(sourceId: string): void;
}

/** Messages to the vector sync runner. */
export interface VectorSignals {
  /** The backend may lack vectors of this workspace: compare the counts. */
  requestRecheck(workspaceId: string): void;
  status(): Promise<VectorBackendStatus>;
}
