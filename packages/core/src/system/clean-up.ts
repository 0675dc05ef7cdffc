import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { dayOf } from '../usage/summarize-usage.ts';

/** Settings row with the time of the last complete clean-up, in milliseconds. */
export const LAST_CLEAN_UP_SETTING = 'last-clean-up';

const DAY_MS = 86_400_000;
/** How long expired invites stay in the list. */
const INVITE_RETENTION_DAYS = 30;
const USAGE_RETENTION_DAYS = 400;

/**
 * Removes expired events, deliveries, audit entries, invites, usage, idempotency keys and sessions, and unused sessions of
 * widgets.
 */
export async function cleanUp(core: Core, signal: AbortSignal): Promise<void> {
  const now = core.clock.now();
  const { eventRetentionDays, auditRetentionDays } = await currentSettings(core);
  while (!(await core.stores.events.prune(new Date(now - eventRetentionDays * DAY_MS)))) if (signal.aborted) return;
  await core.stores.audit.prune(new Date(now - auditRetentionDays * DAY_MS));
  await core.stores.invites.prune(new Date(now - INVITE_RETENTION_DAYS * DAY_MS));
  await core.stores.usage.prune(dayOf(new Date(now - USAGE_RETENTION_DAYS * DAY_MS)));
  await core.stores.webhooks.removeOrphans();
  await core.stores.idempotency.prune(new Date(now - DAY_MS));
  await core.stores.sessions.removeExpired(new Date(now));
  await core.stores.widgets.pruneSessions(new Date(now - DAY_MS));
  await core.stores.settings.set(LAST_CLEAN_UP_SETTING, String(now));
}
