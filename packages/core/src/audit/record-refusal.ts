import type { Actor } from '@lorebox/contract/actor';
import type { AuditEntry } from '@lorebox/contract/audit';
import type { Core } from '../core.ts';
import { entryOf } from './audit-entry.ts';

/** Whoever tries the same again within this time adds nothing: the log must not grow with somebody's persistence. */
const REPEAT_MS = 60_000;
const MAX_REMEMBERED = 5000;

/** Records what may come in floods, once a minute. */
export class RepeatLimiter {
  private readonly seen = new Map<string, number>();

  /** True the first time in a minute. */
  isNew({ actor, action, target, details }: AuditEntry, now: number): boolean {
    const name = JSON.stringify([actor, action, target, details.procedure ?? null]);
    if (now - (this.seen.get(name) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return false;
    if (this.seen.size >= MAX_REMEMBERED) this.seen.clear();
    this.seen.set(name, now);
    return true;
  }
}

/** A call that was refused for lack of rights. It stays refused when that can't be written down. */
export async function recordRefusal(core: Core, actor: Actor, procedure: string): Promise<void> {
  const entry = entryOf(core, actor, 'access.refused', { details: { procedure } });
  await recordOnce(core, entry).catch((err) =>
    core.log.error({ err, procedure }, 'audit entry of a denied request not recorded'),
  );
}

export async function recordOnce(core: Core, entry: AuditEntry): Promise<void> {
  if (core.limits.auditRepeats.isNew(entry, core.clock.now())) await core.stores.audit.record(entry);
}
