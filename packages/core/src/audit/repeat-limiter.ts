import type { AuditEntry } from '@lorebox/contract/audit';

const REPEAT_MS = 60_000;
const MAX_REMEMBERED = 5000;

/** Limits repeated entries, so that a client that retries doesn't fill the audit log. */
export class RepeatLimiter {
  private readonly seen = new Map<string, number>();

  /** True if the same entry was not recorded within the last minute. `now` is in milliseconds. */
  isNew({ actor, action, target, details }: AuditEntry, now: number): boolean {
    const name = JSON.stringify([actor, action, target, details.procedure ?? null]);
    if (now - (this.seen.get(name) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return false;
    if (this.seen.size >= MAX_REMEMBERED) this.seen.clear();
    this.seen.set(name, now);
    return true;
  }
}
