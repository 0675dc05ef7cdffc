import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';

const DAY_MS = 86_400_000;

/** Removes expired events, deliveries, audit entries, idempotency keys and sessions, and unused sessions of widgets. */
export async function cleanUp(core: Core, signal: AbortSignal): Promise<void> {
  const now = core.clock.now();
  const { eventRetentionDays, auditRetentionDays } = await currentSettings(core);
  while (!(await core.stores.events.prune(new Date(now - eventRetentionDays * DAY_MS)))) if (signal.aborted) return;
  await core.stores.audit.prune(new Date(now - auditRetentionDays * DAY_MS));
  await core.stores.webhooks.removeOrphans();
  await core.stores.idempotency.prune(new Date(now - DAY_MS));
  await core.stores.sessions.removeExpired(new Date(now));
  await core.stores.widgets.pruneSessions(new Date(now - DAY_MS));
}
