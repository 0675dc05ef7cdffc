import { hash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { RepeatLimiter } from '@lorebox/core/audit/record-refusal';
import { AnswerHub } from '@lorebox/core/chat/answer-hub';
import type { Core } from '@lorebox/core/core';
import { EvalRunner } from '@lorebox/core/evals/eval-runner';
import { Ceilings } from '@lorebox/core/limits/ceilings';
import { WorkspaceRoom } from '@lorebox/core/limits/workspace-room';
import { currentSettings } from '@lorebox/core/settings/settings';
import { withVectorBackend } from '@lorebox/core/vectors/backed-search';
import { VectorSyncRunner } from '@lorebox/core/vectors/vector-sync-runner';
import { WebhookRunner } from '@lorebox/core/webhooks/webhook-runner';
import { findSandbox } from '@lorebox/parsers/sandbox';
import { connectors } from '@lorebox/providers/connector/registry';
import { createModelCatalog } from '@lorebox/providers/llm/model-catalog';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import type { Database } from '@lorebox/storage/sqlite/database';
import { createEmbedderCatalog } from './embedder-catalog.ts';
import type { Env } from './env.ts';
import { createGuardedFetcher } from './fetch/guarded-fetcher.ts';
import { createWebhookSender } from './fetch/webhook-sender.ts';
import { createArgon2Hasher } from './identity/argon2-hasher.ts';
import { createLuciaSessions } from './identity/lucia-sessions.ts';
import { createVault } from './identity/vault.ts';
import { IngestHost } from './ingest/ingest-host.ts';
import { limitsOf, minFreeBytesOf } from './limits.ts';
import type { Logger } from './logger.ts';
import { createRerankerCatalog } from './reranker-catalog.ts';
import { settingDefaultsOf } from './setting-defaults.ts';
import { SourceThread } from './sources/source-host.ts';
import { createSourceHosts, hostOptionsOf } from './sources/source-hosts.ts';
import { createVectorBackend, targetOf } from './vector-backend.ts';
import { VERSION } from './version.ts';

export interface App {
  core: Core;
  database: Database;
  ingest: IngestHost;
  webhooks: WebhookRunner;
  evalRunner: EvalRunner;
  sources: SourceThread;
  /** Null where SQLite serves alone. */
  vectorSync: VectorSyncRunner | null;
  close(): Promise<void>;
}

const URL_TIMEOUT_MS = 60_000;

/** The only place that knows concrete classes. */
export function compose(env: Env, log: Logger, database: Database): App {
  const dataDir = env.LOREBOX_DATA_DIR;
  const blobs = createFileBlobStore(dataDir, { minFreeBytes: minFreeBytesOf(env) });
  const limits = limitsOf(env);
  const ingest = new IngestHost(env, database.openPort, log);
  const embedders = createEmbedderCatalog(env, 'questions');
  const modelsDir = env.LOREBOX_MODELS_DIR ?? join(dataDir, 'models');
  const answerHub = new AnswerHub();
  const settingDefaults = settingDefaultsOf(env);
  const settingsNow = () => currentSettings({ ...database, settingDefaults });
  const rerankers = createRerankerCatalog(env, modelsDir, async () => (await settingsNow()).reranker);
  const vault = createVault(dataDir);
  const webhookSender = createWebhookSender(env.LOREBOX_FETCH_ALLOW);
  const clock = { now: Date.now };
  const webhooks = new WebhookRunner(
    { ...database, webhookSender, vault, clock, log },
    {
      retryDelaysMs: env.LOREBOX_WEBHOOK_RETRY_SECONDS.map((seconds) => seconds * 1000),
      timeoutMs: env.LOREBOX_WEBHOOK_TIMEOUT_SECONDS * 1000,
      userAgent: `Lorebox/${VERSION}`,
      changed: (timeoutMs) => ingest.changed(timeoutMs),
    },
  );
  const evalRunner = new EvalRunner(() => core);
  const sourceHosts = createSourceHosts(hostOptionsOf(env));
  const sourceThread = new SourceThread(env, {
    sources: database.sources,
    openWriter: database.openPort,
    wakeIngest: () => ingest.wake(),
    log,
  });
  const vectorSync = createVectorSync(env, log, database, ingest);
  let sandbox: ReturnType<Core['parserSandbox']> | undefined;
  const parserSandbox = () => {
    sandbox ??= findSandbox(env.LOREBOX_PARSER_SANDBOX).then(({ layer, reason }) => ({ layer, reason }));
    return sandbox;
  };
  const core: Core = {
    ...database,
    version: VERSION,
    startedAt: Date.now(),
    search: vectorSync ? { ...database.search, vector: vectorSync.search } : database.search,
    vectorSignals: vectorSync?.runner ?? null,
    blobs,
    embedders,
    rerankers,
    rerankTimeoutMs: env.LOREBOX_RERANK_TIMEOUT_MS,
    ingest,
    answerHub,
    limits,
    ceilings: new Ceilings(),
    room: new WorkspaceRoom(database.documents, limits, clock),
    log,
    models: createModelCatalog({
      ollama: { baseUrl: env.LOREBOX_OLLAMA_URL, keepAlive: env.LOREBOX_OLLAMA_KEEP_ALIVE },
      openai: env.LOREBOX_OPENAI_URL ? { baseUrl: env.LOREBOX_OPENAI_URL, apiKey: env.LOREBOX_OPENAI_API_KEY } : null,
      modelsDir,
      defaultModel: async () => (await settingsNow()).defaultModel,
      maxPullBytes: env.LOREBOX_MAX_MODEL_MB * 1024 * 1024,
      contextWindow: env.LOREBOX_CONTEXT_WINDOW,
    }),
    urls: createGuardedFetcher(blobs, {
      allow: env.LOREBOX_FETCH_ALLOW,
      maxBytes: env.LOREBOX_MAX_UPLOAD_MB * 1024 * 1024,
      timeoutMs: URL_TIMEOUT_MS,
    }),
    passwords: createArgon2Hasher(),
    sessionKeeper: createLuciaSessions(database.sessions),
    secrets: {
      createToken: () => randomBytes(32).toString('base64url'),
      digest: (secret) => hash('sha256', secret),
    },
    vault,
    webhookSender,
    webhookSignals: webhooks,
    evalSignals: evalRunner,
    connectors,
    sourceHosts,
    sourceSignals: sourceThread,
    settingDefaults,
    auditRepeats: new RepeatLimiter(),
    clock,
    parserSandbox,
  };
  return {
    core,
    database,
    ingest,
    webhooks,
    evalRunner,
    sources: sourceThread,
    vectorSync: vectorSync?.runner ?? null,
    async close() {
      await answerHub.stop('shutdown');
      await sourceThread.stop();
      await webhooks.stop();
      await evalRunner.stop();
      await vectorSync?.runner.stop();
      await ingest.stop();
      await embedders.close();
      await rerankers.close();
      await database.close();
    },
  };
}

function createVectorSync(env: Env, log: Logger, database: Database, ingest: IngestHost) {
  const backend = createVectorBackend(env);
  if (!backend) return null;
  const { search: index, vectorSyncs, readVersion } = database;
  const deps = { backend, vectorSyncs, clock: { now: Date.now }, log };
  const changed = (timeoutMs: number) => ingest.changed(timeoutMs);
  const runner = new VectorSyncRunner(deps, { target: targetOf(env), readVersion, changed });
  const search = withVectorBackend({
    ...deps,
    index,
    requestRecheck: (workspaceId) => runner.requestRecheck(workspaceId),
  });
  return { runner, search };
}
