import type { Settings } from '@lorebox/contract/settings';
import type { Env } from './env.ts';

/** What the environment says, for whatever no admin has changed. */
export function settingDefaultsOf(env: Env): Settings {
  return {
    defaultModel: env.LOREBOX_MODEL ?? null,
    embedder: env.LOREBOX_EMBEDDER,
    reranker: env.LOREBOX_RERANKER,
    requestsPerMinutePerAddress: env.LOREBOX_REQUESTS_PER_MINUTE,
    requestsPerMinutePerUser: env.LOREBOX_USER_REQUESTS_PER_MINUTE,
    requestsPerMinutePerKey: env.LOREBOX_KEY_REQUESTS_PER_MINUTE,
    eventRetentionDays: env.LOREBOX_EVENT_RETENTION_DAYS,
  };
}
