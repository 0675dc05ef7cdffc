import type { Settings } from '@lorebox/contract/settings';
import type { SystemStatus, VectorBackendStatus } from '@lorebox/contract/status';
import type { AuditLog } from '@lorebox/ports/audit-log';
import type { ModelCatalog } from '@lorebox/ports/chat-model';
import type { AnswerStore, ThreadStore } from '@lorebox/ports/chat-stores';
import type { ConnectorRegistry, SourceHosts } from '@lorebox/ports/connector';
import type { DocumentStore, JobStore } from '@lorebox/ports/document-stores';
import type { EmbedderCatalog } from '@lorebox/ports/embedder';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { EvalStore } from '@lorebox/ports/eval-store';
import type { EventStore, WebhookStore } from '@lorebox/ports/event-stores';
import type { IdempotencyRows } from '@lorebox/ports/idempotency-rows';
import type { ApiKeyStore, SessionStore, SettingStore, UserStore } from '@lorebox/ports/identity-stores';
import type { RerankerCatalog } from '@lorebox/ports/reranker';
import type {
  BlobStore,
  Clock,
  Log,
  PasswordHasher,
  Secrets,
  UrlFetcher,
  Vault,
  WebhookSender,
} from '@lorebox/ports/runtime';
import type { SearchIndex } from '@lorebox/ports/search-index';
import type { SourceStore } from '@lorebox/ports/source-stores';
import type { WorkspaceStore } from '@lorebox/ports/workspace-stores';
import type { RepeatLimiter } from './audit/record-refusal.ts';
import type { AnswerHub } from './chat/answer-hub.ts';
import type { Ceilings, Limits } from './limits/ceilings.ts';
import type { WorkspaceRoom } from './limits/workspace-room.ts';

/** Everything that the use cases need from outside; apps/server composes it, tests compose their own. */
export interface Core {
  version: string;
  startedAt: number;
  users: UserStore;
  sessions: SessionStore;
  apiKeys: ApiKeyStore;
  settings: SettingStore;
  audit: AuditLog;
  auditRepeats: RepeatLimiter;
  /** What holds where no admin has said otherwise. */
  settingDefaults: Settings;
  workspaces: WorkspaceStore;
  threads: ThreadStore;
  answers: AnswerStore;
  documents: DocumentStore;
  jobs: JobStore;
  events: EventStore;
  webhooks: WebhookStore;
  sources: SourceStore;
  connectors: ConnectorRegistry;
  sourceHosts: SourceHosts;
  sourceSignals: SourceSignals;
  idempotencyRows: IdempotencyRows;
  search: SearchIndex;
  blobs: BlobStore;
  models: ModelCatalog;
  embedders: EmbedderCatalog;
  embeddings: EmbeddingStore;
  evals: EvalStore;
  evalSignals: EvalSignals;
  /** Null where SQLite serves alone. */
  vectorSignals: VectorSignals | null;
  rerankers: RerankerCatalog;
  /** Milliseconds that a reranker may take; after them the order without it is given. */
  rerankTimeoutMs: number;
  urls: UrlFetcher;
  passwords: PasswordHasher;
  sessionKeeper: SessionKeeper;
  secrets: Secrets;
  vault: Vault;
  webhookSender: WebhookSender;
  webhookSignals: WebhookSignals;
  answerHub: AnswerHub;
  limits: Limits;
  ceilings: Ceilings;
  room: WorkspaceRoom;
  ingest: IngestSignals;
  /** What keeps parsers from the rest of the machine. */
  parserSandbox(): Promise<SystemStatus['parserSandbox']>;
  clock: Clock;
  log: Log;
}

/** Sessions by token; Lucia behind it. */
export interface SessionKeeper {
  start(userId: string): Promise<{ token: string; expiresAt: Date }>;
  /** The user of a live session; extends it when it is past half of its life. */
  validate(token: string): Promise<{ sessionId: string; userId: string } | null>;
  end(sessionId: string): Promise<void>;
  endAll(userId: string): Promise<void>;
}

/** The line to whatever runs the ingest: another thread today, another process tomorrow. */
export interface IngestSignals {
  /** There are new jobs. */
  wake(): void;
  /** Stop working on these documents now. */
  abort(documentIds: readonly string[]): void;
  /** Resolves when something has changed, or after `timeoutMs`. */
  changed(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

/** The line to whatever sends webhooks. */
export interface WebhookSignals {
  /** There is something new to send. */
  wake(): void;
}

/** The line to whatever runs measurements. */
export interface EvalSignals {
  /** There is a new one. */
  wake(): void;
  /** Stop working on this one now. */
  abort(runId: string): void;
}

/** The line to whatever syncs sources. */
export interface SourceSignals {
  /** There is a source to be synced, or one that was deleted. */
  wake(): void;
  /** Leave the pass over this source, now; how it ended has been written down. */
  abort(sourceId: string): void;
}

/** The line to whatever keeps the vector backend in step. */
export interface VectorSignals {
  /** The backend seems to have less of the workspace than it should: count. */
  requestRecheck(workspaceId: string): void;
  status(): Promise<VectorBackendStatus>;
}
