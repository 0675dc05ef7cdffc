import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Scope } from '@lorebox/contract/actor';
import type { AuditEntry } from '@lorebox/contract/audit';
import { createId } from '@lorebox/contract/create-id';
import { DEFAULT_BRANDING, type Settings } from '@lorebox/contract/settings';
import type { Role, User } from '@lorebox/contract/user';
import {
  DEFAULT_WORKSPACE_SETTINGS,
  type MemberRole,
  type Workspace,
  type WorkspaceSettings,
} from '@lorebox/contract/workspace';
import { RepeatLimiter } from '@lorebox/core/audit/repeat-limiter';
import { AnswerHub } from '@lorebox/core/chat/answer-hub';
import type { Core, Services } from '@lorebox/core/core';
import { embedderFor, embedderOf } from '@lorebox/core/embeddings/choose-embedder';
import { EvalRunner } from '@lorebox/core/evals/eval-runner';
import { TextCutter } from '@lorebox/core/ingest/cut-text';
import { IngestRunner } from '@lorebox/core/ingest/ingest-runner';
import { Ceilings, type Limits } from '@lorebox/core/limits/ceilings';
import { WorkspaceRoom } from '@lorebox/core/limits/workspace-room';
import { SummaryRunner } from '@lorebox/core/reading/summary-runner';
import { SourceRunner } from '@lorebox/core/sources/source-runner';
import { WebhookRunner } from '@lorebox/core/webhooks/webhook-runner';
import { createStores, type Stores } from '@lorebox/storage/sqlite/stores';
import { createInlineWriter } from '@lorebox/storage/sqlite/writer/writer';
import { inlineTables } from './test-core/inline-tables.ts';
import { openMemoryDatabase } from './test-core/memory-database.ts';
import { ScriptedModel } from './test-core/scripted-model.ts';
import { TestBlobs } from './test-core/test-blobs.ts';
import { TestClock } from './test-core/test-clock.ts';
import { closedHosts, createTestRegistry, TestConnector } from './test-core/test-connector.ts';
import { TestEmbedders, TestRerankers } from './test-core/test-models.ts';
import { createInlineSearch } from './test-core/test-search.ts';
import {
  bytesOf,
  createTestSecurity,
  TestIngestSignals,
  TestLog,
  TestMachine,
  TestParser,
  TestUrlFetcher,
  TestWebhookSender,
} from './test-core/test-services.ts';

type UserActor = Extract<Actor, { kind: 'user' }>;
type KeyActor = Extract<Actor, { kind: 'apiKey' }>;

export interface TestCoreOptions {
  settings?: Partial<Settings>;
  limits?: Partial<Limits>;
  /** Milliseconds before each retry of a webhook delivery or sync run. */
  retryDelaysMs?: readonly number[];
  /** Largest item of a source, in bytes. */
  maxItemBytes?: number;
}

const START = new Date('2026-01-01T00:00:00Z');
const RETRY_DELAYS_MS = [1000, 60_000];

const SETTINGS: Settings = {
  defaultModel: null,
  embedder: 'shipped',
  reranker: 'off',
  requestsPerMinutePerAddress: 0,
  requestsPerMinutePerUser: 0,
  requestsPerMinutePerKey: 0,
  allowedModels: ['*'],
  allowedEmbedders: ['*'],
  allowedRerankers: ['*'],
  allowedConnectors: ['*'],
  maxAnswerTokens: 1024,
  firstTokenSeconds: 8,
  eventRetentionDays: 30,
  auditRetentionDays: 90,
  ...DEFAULT_BRANDING,
};

const LIMITS: Limits = {
  callsPerCaller: 100,
  streamsPerCaller: 100,
  uploadsPerCaller: 100,
  answersPerCaller: 10,
  answersPerWorkspace: 10,
  documentsPerWorkspace: 1000,
  bytesPerWorkspace: 0,
};

/**
 * The core over in-memory SQLite, without threads, network or real time. Time stands still until the test advances
 * `clock`. Background work runs when the test calls `runIngest` and similar methods.
 */
export class TestCore {
  readonly clock = new TestClock(START);
  readonly log = new TestLog();
  readonly model = new ScriptedModel();
  readonly embedders = new TestEmbedders();
  readonly rerankers = new TestRerankers();
  readonly parser = new TestParser();
  readonly webhookSender = new TestWebhookSender();
  readonly connector = new TestConnector('test');
  readonly folderConnector = new TestConnector('folder', 'folder');
  readonly ingestSignals = new TestIngestSignals(this.clock);
  readonly machine = new TestMachine();
  readonly urls: TestUrlFetcher;
  readonly stores: Stores;
  readonly blobs: TestBlobs;
  readonly core: Core;
  readonly ingestRunner: IngestRunner;
  readonly webhookRunner: WebhookRunner;
  readonly sourceRunner: SourceRunner;
  readonly evalRunner: EvalRunner;
  readonly summaryRunner: SummaryRunner;
  /** The first user, an admin. */
  readonly admin: UserActor = { kind: 'user', userId: 'usr_admin', role: 'admin', sessionId: 'session of admin' };
  readonly connection = openMemoryDatabase();
  private readonly options: TestCoreOptions;
  private readonly folder = mkdtempSync(join(tmpdir(), 'lorebox-core-'));

  constructor(options: TestCoreOptions = {}) {
    this.options = options;
    const blobDir = join(this.folder, 'blobs');
    mkdirSync(join(blobDir, 'staging'), { recursive: true });
    this.stores = createStores(this.connection, createInlineWriter(this.connection, blobDir));
    this.blobs = new TestBlobs(blobDir);
    this.urls = new TestUrlFetcher(this.blobs);
    const services = this.createServices();
    this.ingestRunner = this.createIngestRunner();
    this.webhookRunner = this.createWebhookRunner(services);
    this.sourceRunner = this.createSourceRunner(services);
    this.evalRunner = new EvalRunner(services, this.clock.sleep);
    this.summaryRunner = new SummaryRunner(services, this.clock.sleep);
    this.core = {
      ...services,
      signals: {
        ingest: this.ingestSignals,
        sources: this.sourceRunner,
        webhooks: this.webhookRunner,
        evals: this.evalRunner,
        vectors: null,
      },
    };
  }

  async addUser(username: string, role: Role = 'member'): Promise<UserActor> {
    const id = createId('usr');
    const passwordHash = `hash of ${username}'s password`;
    await this.stores.users.create({ id, username, role, suspended: false, createdAt: this.clock.date, passwordHash });
    return this.actorFor({ id, role });
  }

  actorFor({ id, role }: Pick<User, 'id' | 'role'>): UserActor {
    return { kind: 'user', userId: id, role, sessionId: `session of ${id}` };
  }

  /** Creates a user with this role in the workspace. */
  async addMember(workspaceId: string, role: MemberRole, username: string = role): Promise<UserActor> {
    const actor = await this.addUser(username);
    await this.stores.workspaces.setMember(workspaceId, actor.userId, role, this.clock.date);
    return actor;
  }

  /** Returns the actor of an API key that isn't stored. Use `createApiKey` for a stored one. */
  keyActor(scopes: readonly Scope[], fields: Partial<KeyActor> = {}): KeyActor {
    const owner = { ownerId: this.admin.userId, ownerRole: this.admin.role };
    return {
      kind: 'apiKey',
      keyId: 'key_test',
      ...owner,
      scopes,
      workspaceId: null,
      requestsPerMinute: null,
      ...fields,
    };
  }

  async addWorkspace(name = 'demo', settings: Partial<WorkspaceSettings> = {}): Promise<Workspace> {
    const dates = { createdAt: this.clock.date, updatedAt: this.clock.date };
    const workspace = { ...DEFAULT_WORKSPACE_SETTINGS, ...settings, id: createId('ws'), slug: name, name, ...dates };
    return this.stores.workspaces.create(workspace, null);
  }

  /** Adds a text, makes it searchable, and returns its document ID. */
  async addText(workspaceId: string, text: string, externalId: string | null = null): Promise<string> {
    const id = createId('doc');
    const document = { id, workspaceId, externalId, filename: externalId ?? 'text', title: externalId };
    await this.stores.documents.add(
      [{ ...document, metadata: {}, sourceUrl: null, source: 'text', text }],
      this.clock.date,
    );
    await this.runIngest();
    return id;
  }

  stageFile(filename: string, text: string) {
    return this.blobs.stage(bytesOf(text), { filename, contentType: 'text/plain', maxBytes: 1_000_000 });
  }

  /** Processes every ingest job that is due. */
  async runIngest(): Promise<void> {
    await this.ingestRunner.runDue();
  }

  /** Writes every summary that is due. */
  async runSummaries(): Promise<void> {
    await this.summaryRunner.runDue();
  }

  /** Sends every webhook delivery that is due. */
  async runWebhooks(): Promise<void> {
    await this.webhookRunner.runDue();
  }

  /** Syncs every source that is due, and ingests the documents. */
  async runSources(): Promise<void> {
    await this.sourceRunner.runDue();
    await this.runIngest();
  }

  /** Finishes every eval run that is due. */
  async runEvals(): Promise<void> {
    await this.evalRunner.runDue();
  }

  /** Creates another runner over the same database, as after a restart. */
  createSourceRunner({ connectors, security, clock, log, stores, limits }: Services = this.core): SourceRunner {
    return new SourceRunner(
      {
        sources: stores.sources,
        blobs: this.blobs,
        room: limits.room,
        connectors: connectors.registry,
        hosts: connectors.hosts,
        vault: security.vault,
        clock,
        log,
        maxBytes: this.options.maxItemBytes ?? 1_000_000,
        wakeIngest: () => this.ingestSignals.wake(),
      },
      {
        concurrency: 2,
        retryDelaysMs: this.options.retryDelaysMs ?? RETRY_DELAYS_MS,
        requestRetryDelaysMs: [],
        sleep: this.clock.sleep,
      },
    );
  }

  /** Returns the newest entry of the audit log. */
  async lastAudit(): Promise<AuditEntry | undefined> {
    const { items } = await this.stores.audit.list({ limit: 1 });
    return items[0];
  }

  async close(): Promise<void> {
    await this.core.answerHub.stop('shutdown');
    this.connection.raw.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private createServices(): Services {
    const { blobs, clock, log, options, stores } = this;
    const settings = { ...LIMITS, ...options.limits };
    return {
      version: '0.0.0-test',
      startedAt: START.getTime(),
      stores: { ...stores, idempotency: stores.idempotencyRows, blobs },
      search: createInlineSearch(this.connection),
      tables: inlineTables,
      models: { chat: this.model, embedders: this.embedders, rerankers: this.rerankers, rerankTimeoutMs: 60_000 },
      connectors: { registry: createTestRegistry([this.connector, this.folderConnector]), hosts: closedHosts },
      security: createTestSecurity(stores.sessions, clock),
      limits: {
        settings,
        ceilings: new Ceilings(),
        room: new WorkspaceRoom(stores.documents, settings, clock),
        auditRepeats: new RepeatLimiter(),
      },
      network: { urls: this.urls, webhooks: this.webhookSender },
      answerHub: new AnswerHub(),
      settingDefaults: { ...SETTINGS, ...options.settings },
      machine: this.machine,
      images: { cleanSvg: async (text) => (text.startsWith('<svg') ? 'cleaned' : null) },
      parserSandbox: async () => ({ layer: 'permissions', reason: null }),
      clock,
      log,
    };
  }

  private createIngestRunner(): IngestRunner {
    const { clock, log, parser, stores } = this;
    const deps = {
      stores,
      models: { embedders: this.embedders },
      settingDefaults: { ...SETTINGS, ...this.options.settings },
    };
    const find = (id: string) => stores.workspaces.find(id, { memberId: null, workspaceId: null });
    return new IngestRunner(
      {
        store: stores.ingest,
        texts: new TextCutter(stores.ingest, { begin() {}, end() {} }),
        embeddings: stores.embeddings,
        parser,
        async embedderFor(id, _attempts, text) {
          const { embedder = null, localOnly = false } = (await find(id)) ?? {};
          const chosen = await embedderOf(deps, { id, embedder, localOnly }, text);
          return { embedder: chosen, embed: chosen.embed };
        },
        async embedderNamed(modelId) {
          const embedder = await embedderFor(deps, modelId, false);
          return { embedder, embed: embedder.embed };
        },
        isLocalOnly: async (id) => (await find(id))?.localOnly ?? false,
        pathOf: this.blobs.pathOf,
        clock,
      },
      { concurrency: 2, log, onProgress: () => this.ingestSignals.notify(), sleep: clock.sleep },
    );
  }

  private createWebhookRunner({ security, clock, log, stores }: Services): WebhookRunner {
    return new WebhookRunner(
      {
        webhooks: stores.webhooks,
        events: stores.events,
        webhookSender: this.webhookSender,
        vault: security.vault,
        clock,
        log,
      },
      {
        retryDelaysMs: this.options.retryDelaysMs ?? RETRY_DELAYS_MS,
        timeoutMs: 60_000,
        userAgent: 'Lorebox/test',
        changed: (timeoutMs) => this.ingestSignals.changed(timeoutMs),
        sleep: this.clock.sleep,
        random: () => 0,
      },
    );
  }
}

/** Creates a core with an admin. */
export async function createTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const test = new TestCore(options);
  const { admin, clock, stores } = test;
  await stores.users.createFirst({
    id: admin.userId,
    username: 'admin',
    role: 'admin',
    suspended: false,
    createdAt: clock.date,
    passwordHash: "hash of admin's password",
  });
  return test;
}
