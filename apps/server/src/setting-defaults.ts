import type { Settings } from '@lorebox/contract/settings';
import { isLoopback } from '@lorebox/providers/is-loopback';
import type { Env } from './env.ts';

/** What the environment says, for whatever no admin has changed. */
export function settingDefaultsOf(env: Env): Settings {
  // Somebody else's servers may cost money and keep texts: of those, what the admin has named.
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
    eventRetentionDays: env.LOREBOX_EVENT_RETENTION_DAYS,
    auditRetentionDays: env.LOREBOX_AUDIT_RETENTION_DAYS,
  };
}
