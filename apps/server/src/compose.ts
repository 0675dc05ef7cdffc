import { hash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '@lorebox/contract/settings';
import { AnswerHub } from '@lorebox/core/chat/answer-hub';
import type { Core } from '@lorebox/core/core';
import { currentSettings } from '@lorebox/core/settings/settings';
import { SourceRunner } from '@lorebox/core/sources/source-runner';
import { WebhookRunner } from '@lorebox/core/webhooks/webhook-runner';
import { connectors } from '@lorebox/providers/connector/registry';
import { createModelCatalog } from '@lorebox/providers/llm/model-catalog';
import type { Database } from '@lorebox/storage/sqlite/database';
import { createFileBlobStore } from '@lorebox/storage/sqlite/file-blob-store';
import { createEmbedder } from './create-embedder.ts';
import type { Env } from './env.ts';
import { createGuardedFetcher } from './fetch/guarded-fetcher.ts';
import { createWebhookSender } from './fetch/webhook-sender.ts';
import { createArgon2Hasher } from './identity/argon2-hasher.ts';
import { createLuciaSessions } from './identity/lucia-sessions.ts';
import { createVault } from './identity/vault.ts';
import { IngestHost } from './ingest/ingest-host.ts';
import type { Logger } from './logger.ts';
import { createSourceHosts } from './sources/source-hosts.ts';
import { VERSION } from './version.ts';

export interface Composed {
  core: Core;
  database: Database;
  ingest: IngestHost;
  webhooks: WebhookRunner;
  sources: SourceRunner;
  close(): Promise<void>;
}

const URL_TIMEOUT_MS = 60_000;
/** Pauses before a request of a sync is sent again; longer ones postpone the sync. */
const REQUEST_RETRY_MS = [1000, 4000, 15_000];

/** The only place that knows concrete classes. */
export function compose(env: Env, log: Logger, database: Database): Composed {
  const dataDir = env.LOREBOX_DATA_DIR;
  const blobs = createFileBlobStore(dataDir);
  const ingest = new IngestHost(env, database.openPort, log);
  const embedder = createEmbedder(env, 'questions');
  const answerHub = new AnswerHub();
  const settingDefaults = settingDefaultsOf(env);
  const vault = createVault(dataDir);
  const webhookSender = createWebhookSender(env.LOREBOX_FETCH_ALLOW);
  const clock = { now: Date.now };
  const userAgent = `Lorebox/${VERSION}`;
  const webhooks = new WebhookRunner(
    { ...database, webhookSender, vault, clock, log },
    {
      retryDelaysMs: env.LOREBOX_WEBHOOK_RETRY_SECONDS.map((seconds) => seconds * 1000),
      timeoutMs: env.LOREBOX_WEBHOOK_TIMEOUT_SECONDS * 1000,
      userAgent,
      changed: (timeoutMs) => ingest.changed(timeoutMs),
    },
  );
  const sourceHosts = createSourceHosts({
    allow: env.LOREBOX_FETCH_ALLOW,
    folders: env.LOREBOX_SOURCE_FOLDERS,
    chromium: env.LOREBOX_CHROMIUM ?? null,
    timeoutMs: env.LOREBOX_SOURCE_TIMEOUT_SECONDS * 1000,
    userAgent,
  });
  const maxBytes = env.LOREBOX_MAX_UPLOAD_MB * 1024 * 1024;
  const runner = new SourceRunner(
    {
      ...database,
      connectors,
      blobs,
      hosts: sourceHosts,
      vault,
      clock,
      log,
      maxBytes,
      wakeIngest: () => ingest.wake(),
    },
    {
      concurrency: env.LOREBOX_SOURCE_CONCURRENCY,
      retryDelaysMs: env.LOREBOX_SOURCE_RETRY_SECONDS.map((seconds) => seconds * 1000),
      requestRetryDelaysMs: REQUEST_RETRY_MS,
    },
  );
  const core: Core = {
    ...database,
    version: VERSION,
    startedAt: Date.now(),
    blobs,
    embedder,
    ingest,
    answerHub,
    log,
    models: createModelCatalog({
      ollama: { baseUrl: env.LOREBOX_OLLAMA_URL, keepAlive: env.LOREBOX_OLLAMA_KEEP_ALIVE },
      openai: env.LOREBOX_OPENAI_URL ? { baseUrl: env.LOREBOX_OPENAI_URL, apiKey: env.LOREBOX_OPENAI_API_KEY } : null,
      modelsDir: env.LOREBOX_MODELS_DIR ?? join(dataDir, 'models'),
      defaultModel: async () => (await currentSettings({ ...database, settingDefaults })).defaultModel,
      contextWindow: env.LOREBOX_CONTEXT_WINDOW,
    }),
    urls: createGuardedFetcher(blobs, {
      allow: env.LOREBOX_FETCH_ALLOW,
      maxBytes,
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
    connectors,
    sourceHosts,
    sourceSignals: runner,
    settingDefaults,
    clock,
  };
  return {
    core,
    database,
    ingest,
    webhooks,
    sources: runner,
    async close() {
      await answerHub.stop('shutdown');
      await runner.stop();
      await webhooks.stop();
      await ingest.stop();
      await embedder.close();
      await database.close();
    },
  };
}

function settingDefaultsOf(env: Env): Settings {
  return {
    defaultModel: env.LOREBOX_MODEL ?? null,
    requestsPerMinutePerAddress: env.LOREBOX_REQUESTS_PER_MINUTE,
    requestsPerMinutePerUser: env.LOREBOX_USER_REQUESTS_PER_MINUTE,
    requestsPerMinutePerKey: env.LOREBOX_KEY_REQUESTS_PER_MINUTE,
    eventRetentionDays: env.LOREBOX_EVENT_RETENTION_DAYS,
  };
}
