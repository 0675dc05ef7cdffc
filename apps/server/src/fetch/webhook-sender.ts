import { AppError, isAppError } from '@lorebox/contract/errors';
import type { WebhookSender } from '@lorebox/ports/runtime';
import { request } from 'undici';
import { parseUrl, pinnedAgent, resolvePublic } from './pinned-agent.ts';

/** Posts through the same guard as the fetcher: resolved once, checked and pinned. Redirects are not followed. */
export function createWebhookSender(allow: readonly string[]): WebhookSender {
  return {
    async check(url) {
      await resolvePublic(parseUrl(url), allow);
    },
    async post(address, { headers, body, signal }) {
      const url = parseUrl(address);
      const dispatcher = await pinnedAgent(url, allow);
      try {
        const response = await request(url, { method: 'POST', dispatcher, headers, body, signal });
        await response.body.dump({ limit: 65_536, signal }).catch(() => {});
        const { 'retry-after': retryAfter } = response.headers;
        return { status: response.statusCode, retryAfter: typeof retryAfter === 'string' ? retryAfter : null };
      } catch (error) {
        if (isAppError(error)) throw error;
        const why = signal.aborted ? 'the request timed out' : error instanceof Error ? error.message : String(error);
        throw new AppError('BAD_REQUEST', `Failed to reach ${url.host}: ${why}.`, { cause: error });
      } finally {
        dispatcher.destroy().catch(() => {});
      }
    },
  };
}
