import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { DEFAULT_BRANDING, type Settings } from '@lorebox/contract/settings';
import type { Limits } from '@lorebox/core/limits/ceilings';
import { isLoopback } from '@lorebox/providers/is-loopback';
import { defaultVectorFolder, type VectorProviderId } from '@lorebox/providers/vector/registry';
import { Env } from './env.ts';
import { findProblems } from './find-config-problems.ts';

const KB = 1024;
const MB = 1024 * KB;
const SECOND_MS = 1000;

/** Thrown by `readConfig`. The message lists all problems. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The settings of the server, grouped by topic. Durations are in milliseconds, sizes in bytes. */
export type Config = ReturnType<typeof toConfig>;

/**
 * Reads the settings from the environment and from `.env` in the working directory. Environment variables take
 * precedence.
 * @throws ConfigError that lists all problems.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Config {
  const set = Object.entries({ ...readDotEnv(folder), ...environment }).filter(([, value]) => value !== '');
  const variables: Record<string, string | undefined> = Object.fromEntries(set);
  const parsed = Env.safeParse(variables);
  const problems = findProblems(variables, parsed.error);
  if (parsed.success && problems.length === 0) return toConfig(parsed.data);
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new ConfigError(`Invalid configuration (${count}):\n${lines.join('\n')}\nSee docs/configuration.md.`);
}

function readDotEnv(folder: string): Record<string, string | undefined> {
  const path = join(folder, '.env');
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

function toConfig(env: Env) {
  const dataDir = resolve(env.LOREBOX_DATA_DIR);
  const { LOREBOX_ADMIN_USERNAME: username, LOREBOX_ADMIN_PASSWORD: password } = env;
  return {
    dataDir,
    modelsDir: env.LOREBOX_MODELS_DIR ?? join(dataDir, 'models'),
    /** Parent process; the server exits with it. Undefined if started directly. */
    parentPid: env.LOREBOX_PARENT_PID,
    log: { level: env.LOREBOX_LOG_LEVEL },
    firstRun: {
      admin: username && password ? { username, password } : null,
      apiKey: env.LOREBOX_API_KEY ?? null,
    },
    http: {
      port: env.PORT,
      host: env.HOST,
      publicUrl: env.LOREBOX_PUBLIC_URL ?? null,
      corsOrigins: env.LOREBOX_CORS_ORIGINS,
      trustProxy: env.LOREBOX_TRUST_PROXY,
      maxBodyBytes: env.LOREBOX_MAX_BODY_MB * MB,
      maxUploadBytes: env.LOREBOX_MAX_UPLOAD_MB * MB,
      bodyIdleMs: env.LOREBOX_BODY_IDLE_SECONDS * SECOND_MS,
      /** Time that running answers have to finish when the server stops. */
      drainMs: env.LOREBOX_DRAIN_SECONDS * SECOND_MS,
      maxStreamsPerSocket: env.LOREBOX_MAX_SOCKET_STREAMS,
      maxConnectionsPerAddress: env.LOREBOX_MAX_ADDRESS_CONNECTIONS,
      maxSocketsPerAddress: env.LOREBOX_MAX_ADDRESS_SOCKETS,
    },
    limits: limitsOf(env),
    settingDefaults: settingDefaultsOf(env),
    chat: {
      contextWindow: env.LOREBOX_CONTEXT_WINDOW,
      ollama: { url: env.LOREBOX_OLLAMA_URL, keepAlive: env.LOREBOX_OLLAMA_KEEP_ALIVE },
      openai: endpointOf(env.LOREBOX_OPENAI_URL, env.LOREBOX_OPENAI_API_KEY),
    },
    rerank: {
      timeoutMs: env.LOREBOX_RERANK_TIMEOUT_MS,
      server: endpointOf(env.LOREBOX_RERANK_URL, env.LOREBOX_RERANK_API_KEY),
    },
    hub: {
      url: env.LOREBOX_HUB_URL === 'off' ? null : env.LOREBOX_HUB_URL,
      maxModelBytes: env.LOREBOX_MAX_MODEL_MB * MB,
    },
    storage: {
      minFreeBytes: env.LOREBOX_MIN_FREE_DISK_MB * MB,
      vectorCacheBytes: env.LOREBOX_VECTOR_CACHE_MB * MB,
    },
    vectors: vectorsOf(env, dataDir),
    webhooks: {
      timeoutMs: env.LOREBOX_WEBHOOK_TIMEOUT_SECONDS * SECOND_MS,
      retryDelaysMs: toMs(env.LOREBOX_WEBHOOK_RETRY_SECONDS),
    },
    ingest: {
      concurrency: env.LOREBOX_INGEST_CONCURRENCY,
      documentTimeoutMs: env.LOREBOX_DOCUMENT_SECONDS * SECOND_MS,
    },
    parser: {
      concurrency: env.LOREBOX_PARSE_CONCURRENCY,
      timeoutMs: env.LOREBOX_PARSE_TIMEOUT_SECONDS * SECOND_MS,
      maxMemoryBytes: env.LOREBOX_PARSE_MEMORY_MB * MB,
      sandbox: env.LOREBOX_PARSER_SANDBOX,
    },
    ocr: {
      isEnabled: env.LOREBOX_OCR === 'on',
      languages: env.LOREBOX_OCR_LANGUAGES,
      minConfidence: env.LOREBOX_OCR_MIN_CONFIDENCE,
      concurrency: env.LOREBOX_OCR_CONCURRENCY,
      pageTimeoutMs: env.LOREBOX_OCR_PAGE_SECONDS * SECOND_MS,
    },
    speech: {
      isEnabled: env.LOREBOX_SPEECH === 'on',
      model: env.LOREBOX_SPEECH_MODEL,
      server: endpointOf(env.LOREBOX_SPEECH_URL, env.LOREBOX_SPEECH_API_KEY),
      language: env.LOREBOX_SPEECH_LANGUAGE,
      /** Timeout per minute of audio. */
      minuteTimeoutMs: env.LOREBOX_SPEECH_MINUTE_SECONDS * SECOND_MS,
    },
    fetch: { allow: env.LOREBOX_FETCH_ALLOW },
    sources: {
      folders: env.LOREBOX_SOURCE_FOLDERS,
      concurrency: env.LOREBOX_SOURCE_CONCURRENCY,
      timeoutMs: env.LOREBOX_SOURCE_TIMEOUT_SECONDS * SECOND_MS,
      stallMs: env.LOREBOX_SOURCE_STALL_SECONDS * SECOND_MS,
      retryDelaysMs: toMs(env.LOREBOX_SOURCE_RETRY_SECONDS),
      chromium: { path: env.LOREBOX_CHROMIUM ?? null, hasSandbox: env.LOREBOX_CHROMIUM_SANDBOX === 'on' },
    },
  };
}

const toMs = (seconds: readonly number[]) => seconds.map((value) => value * SECOND_MS);

/** Null if no URL is set. */
const endpointOf = (url: string | undefined, apiKey: string | undefined) =>
  url === undefined ? null : { url, apiKey };

function limitsOf(env: Env): Limits {
  return {
    callsPerCaller: env.LOREBOX_MAX_CALLS,
    streamsPerCaller: env.LOREBOX_MAX_STREAMS,
    uploadsPerCaller: env.LOREBOX_MAX_UPLOADS,
    answersPerCaller: env.LOREBOX_MAX_ANSWERS,
    answersPerWorkspace: env.LOREBOX_MAX_WORKSPACE_ANSWERS,
    documentsPerWorkspace: env.LOREBOX_MAX_DOCUMENTS,
    bytesPerWorkspace: env.LOREBOX_MAX_WORKSPACE_MB * MB,
  };
}

/** Defaults of the settings that an admin can change at runtime. */
function settingDefaultsOf(env: Env): Settings {
  // Third-party servers may cost money and store texts, so only servers on this machine are allowed by default.
  const openai = isLoopback(env.LOREBOX_OPENAI_URL ?? '') ? ['openai:*'] : [];
  const rerank = isLoopback(env.LOREBOX_RERANK_URL ?? '') ? ['http:*'] : [];
  return {
    defaultModel: env.LOREBOX_MODEL ?? null,
    embedder: env.LOREBOX_EMBEDDER,
    reranker: env.LOREBOX_RERANKER,
    requestsPerMinutePerAddress: env.LOREBOX_REQUESTS_PER_MINUTE,
    requestsPerMinutePerUser: env.LOREBOX_USER_REQUESTS_PER_MINUTE,
    requestsPerMinutePerKey: env.LOREBOX_KEY_REQUESTS_PER_MINUTE,
    allowedModels: env.LOREBOX_ALLOWED_MODELS ?? ['extractive', 'ollama:*', 'llama-cpp:*', ...openai],
    allowedEmbedders: env.LOREBOX_ALLOWED_EMBEDDERS ?? ['shipped', 'ollama:*', ...openai],
    allowedRerankers: env.LOREBOX_ALLOWED_RERANKERS ?? ['off', 'onnx:*', 'gguf:*', ...rerank],
    allowedConnectors: env.LOREBOX_ALLOWED_CONNECTORS,
    maxAnswerTokens: env.LOREBOX_MAX_ANSWER_TOKENS,
    firstTokenSeconds: env.LOREBOX_FIRST_TOKEN_SECONDS,
    eventRetentionDays: env.LOREBOX_EVENT_RETENTION_DAYS,
    auditRetentionDays: env.LOREBOX_AUDIT_RETENTION_DAYS,
    ...DEFAULT_BRANDING,
  };
}

/** The external vector backend, or null for SQLite. */
function vectorsOf(
  env: Env,
  dataDir: string,
): { backend: VectorProviderId; url: string; apiKey: string | undefined } | null {
  const { LOREBOX_VECTOR_BACKEND: backend, LOREBOX_VECTOR_URL: location, LOREBOX_VECTOR_API_KEY: apiKey } = env;
  if (backend === 'sqlite') return null;
  const folder = defaultVectorFolder(backend);
  if (folder === undefined) return { backend, url: location ?? '', apiKey };
  if (location === undefined) return { backend, url: join(dataDir, folder), apiKey };
  return { backend, url: /^\w+:\/\//.test(location) ? location : resolve(location), apiKey };
}
