import { hash, randomBytes } from 'node:crypto';
import { RepeatLimiter } from '@lorebox/core/audit/repeat-limiter';
import { AnswerHub } from '@lorebox/core/chat/answer-hub';
import type { Core, Models, Security, Services, Stores } from '@lorebox/core/core';
import { LanguageFollower } from '@lorebox/core/embeddings/language-follower';
import { EvalRunner } from '@lorebox/core/evals/eval-runner';
import { Ceilings } from '@lorebox/core/limits/ceilings';
import { WorkspaceRoom } from '@lorebox/core/limits/workspace-room';
import { SummaryRunner } from '@lorebox/core/reading/summary-runner';
import { currentSettings, type SettingsDeps } from '@lorebox/core/settings/current-settings';
import { withVectorBackend } from '@lorebox/core/vectors/backed-search';
import { VectorSyncRunner } from '@lorebox/core/vectors/vector-sync-runner';
import { WebhookRunner } from '@lorebox/core/webhooks/webhook-runner';
import { findSandbox } from '@lorebox/parsers/sandbox';
import { connectors } from '@lorebox/providers/connector/registry';
import { createEmbedderCatalog } from '@lorebox/providers/embedder/embedder-catalog';
import { createModelCatalog } from '@lorebox/providers/llm/model-catalog';
import { createRerankerCatalog } from '@lorebox/providers/reranker/reranker-catalog';
import { vectorProviders } from '@lorebox/providers/vector/registry';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import type { Database } from '@lorebox/storage/sqlite/database';
import { createSqliteTableEngine } from '@lorebox/storage/tables/sqlite-table-engine';
import type { Config } from './config.ts';
import { createGuardedFetcher } from './fetch/guarded-fetcher.ts';
import { guardedLookup } from './fetch/pinned-agent.ts';
import { createWebhookSender } from './fetch/webhook-sender.ts';
import { createArgon2Hasher } from './identity/argon2-hasher.ts';
import { createLuciaSessions } from './identity/lucia-sessions.ts';
import { createVault } from './identity/vault.ts';
import type { Logger } from './logger.ts';
import { createMachine } from './machine.ts';
import { VERSION } from './version.ts';
import { IngestHost } from './workers/ingest/ingest-host.ts';
import { SourceHost } from './workers/sources/source-host.ts';
import { createSourceHosts, hostOptionsOf } from './workers/sources/source-hosts.ts';

export interface App {
  core: Core;
  database: Database;
  ingest: IngestHost;
  webhooks: WebhookRunner;
  evalRunner: EvalRunner;
  summaryRunner: SummaryRunner;
  languageFollower: LanguageFollower;
  sources: SourceHost;
  /** Null if SQLite is the only vector backend. */
  vectorSync: VectorSyncRunner | null;
  close(): Promise<void>;
}

const URL_TIMEOUT_MS = 60_000;
const TABLE_TIMEOUT_MS = 10_000;
/** Settings row with the chat model that was chosen automatically. */
const CHOSEN_MODEL_KEY = 'chosen-model';
const clock = { now: Date.now };

/** The only module that imports concrete classes. */
export function compose(config: Config, log: Logger, database: Database): App {
  const { dataDir, limits, settingDefaults } = config;
  const ingest = new IngestHost(config, database.openPort, log);
  const blobs = createFileBlobStore(dataDir, { minFreeBytes: config.storage.minFreeBytes });
  const stores: Stores = { ...database, idempotency: database.idempotencyRows, blobs };
  const models = createModels(config, { stores, settingDefaults });
  const security = createSecurity(dataDir, database);
  const webhookSender = createWebhookSender(config.fetch.allow);
  const vectorSync = createVectorSync(config, log, database, ingest);
  const tables = createSqliteTableEngine({ timeoutMs: TABLE_TIMEOUT_MS });
  const services: Services = {
    version: VERSION,
    startedAt: clock.now(),
    stores,
    tables,
    search: vectorSync ? { ...database.search, vector: vectorSync.search } : database.search,
    models,
    connectors: { registry: connectors, hosts: createSourceHosts(hostOptionsOf(config)) },
    security,
    limits: {
      settings: limits,
      ceilings: new Ceilings(),
      room: new WorkspaceRoom(database.documents, limits, clock),
      auditRepeats: new RepeatLimiter(),
    },
    network: {
      urls: createGuardedFetcher(blobs, {
        allow: config.fetch.allow,
        maxBytes: config.http.maxUploadBytes,
        timeoutMs: URL_TIMEOUT_MS,
      }),
      webhooks: webhookSender,
    },
    answerHub: new AnswerHub(),
    settingDefaults,
    machine: createMachine(dataDir, config.storage),
    images: {
      // Loaded when a logo is uploaded, because the parser takes memory.
      cleanSvg: async (text) => (await import('@lorebox/parsers/clean-svg')).cleanSvg(text),
    },
    parserSandbox: once(async () => {
      const { layer, reason } = await findSandbox(config.parser.sandbox);
      return { layer, reason };
    }),
    clock,
    log,
  };
  const evalRunner = new EvalRunner(services);
  const summaryRunner = new SummaryRunner(services);
  const webhooks = new WebhookRunner(
    { webhooks: database.webhooks, events: database.events, webhookSender, vault: security.vault, clock, log },
    {
      ...config.webhooks,
      userAgent: `Lorebox/${VERSION}`,
      changed: (timeoutMs) => ingest.changed(timeoutMs),
    },
  );
  const sources = new SourceHost(config, {
    sources: database.sources,
    openWriter: database.openPort,
    wakeIngest: () => ingest.wake(),
    log,
  });
  const signals = { ingest, sources, webhooks, evals: evalRunner, vectors: vectorSync?.runner ?? null };
  const core = { ...services, signals };
  const languageFollower = new LanguageFollower(core);
  return {
    core,
    database,
    ingest,
    webhooks,
    evalRunner,
    summaryRunner,
    languageFollower,
    sources,
    vectorSync: signals.vectors,
    async close() {
      await services.answerHub.stop('shutdown');
      await sources.stop();
      await webhooks.stop();
      await evalRunner.stop();
      await summaryRunner.stop();
      await languageFollower.stop();
      await vectorSync?.runner.stop();
      await ingest.stop();
      await tables.close();
      await models.embedders.close();
      await models.rerankers.close();
      await database.close();
    },
  };
}

function createModels({ chat, modelsDir, hub, rerank, fetch }: Config, settingsDeps: SettingsDeps): Models {
  return {
    chat: createModelCatalog({
      ...chat,
      modelsDir,
      defaultModel: async () => (await currentSettings(settingsDeps)).defaultModel,
      remembered: {
        get: () => settingsDeps.stores.settings.get(CHOSEN_MODEL_KEY),
        set: (id) => settingsDeps.stores.settings.set(CHOSEN_MODEL_KEY, id),
      },
      maxPullBytes: hub.maxModelBytes,
      lookupFor: (url) => guardedLookup(new URL(url), fetch.allow),
    }),
    embedders: createEmbedderCatalog({ ...chat, purpose: 'questions' }),
    rerankers: createRerankerCatalog({
      modelsDir,
      server: rerank.server,
      hubUrl: hub.url,
      maxDownloadBytes: hub.maxModelBytes,
      defaultReranker: async () => (await currentSettings(settingsDeps)).reranker,
    }),
    rerankTimeoutMs: rerank.timeoutMs,
  };
}

function createSecurity(dataDir: string, { sessions }: Database): Security {
  return {
    passwords: createArgon2Hasher(),
    sessions: createLuciaSessions(sessions),
    secrets: {
      createToken: () => randomBytes(32).toString('base64url'),
      digest: (secret) => hash('sha256', secret),
    },
    vault: createVault(dataDir),
  };
}

function createVectorSync({ vectors }: Config, log: Logger, database: Database, ingest: IngestHost) {
  if (!vectors) return null;
  const { search: index, vectorSyncs, readVersion } = database;
  const backend = vectorProviders[vectors.backend].create(vectors);
  const deps = { backend, vectorSyncs, clock, log };
  // Vectors are sent again when this name changes. A new password doesn't change it.
  const target = `${vectors.backend} ${vectors.url.replace(/\/\/[^/@\s]*@/, '//')}`;
  const changed = (timeoutMs: number) => ingest.changed(timeoutMs);
  const runner = new VectorSyncRunner(deps, { target, readVersion, changed });
  const search = withVectorBackend({
    ...deps,
    index,
    requestRecheck: (workspaceId) => runner.requestRecheck(workspaceId),
  });
  return { runner, search };
}

/** Calls the function once and returns the same result every time. */
function once<T>(create: () => T): () => T {
  let created: { value: T } | null = null;
  return () => {
    created ??= { value: create() };
    return created.value;
  };
}
