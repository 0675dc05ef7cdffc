import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';

/** Maximum concurrent work per caller and workspace. */
export interface Limits {
  /** Concurrent calls per caller. */
  callsPerCaller: number;
  /** Open streams per caller. */
  streamsPerCaller: number;
  /** Concurrent uploads per caller. */
  uploadsPerCaller: number;
  /** Answers in progress per caller. */
  answersPerCaller: number;
  /** Answers in progress per workspace, across all callers. */
  answersPerWorkspace: number;
  documentsPerWorkspace: number;
  /** Total size of the files of a workspace in bytes. 0 means no limit. */
  bytesPerWorkspace: number;
}

const RETRY_SECONDS = 2;

/** Limits concurrent work by name. Excess work is rejected immediately instead of queued. */
export class Ceilings {
  private readonly counts = new Map<string, number>();

  /**
   * @param what for the error message, such as "answers at the same time".
   * @returns a function that releases the slot. Calling it again has no effect.
   * @throws AppError RATE_LIMITED if `max` slots are in use under this name.
   */
  enter(name: string, max: number, what: string): () => void {
    const count = this.counts.get(name) ?? 0;
    if (count >= max) {
      const message = `Limit reached: ${count} ${what}. Wait until one of them finishes.`;
      throw new AppError('RATE_LIMITED', message, { retryAfter: RETRY_SECONDS });
    }
    this.counts.set(name, count + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const remaining = (this.counts.get(name) ?? 1) - 1;
      if (remaining === 0) this.counts.delete(name);
      else this.counts.set(name, remaining);
    };
  }
}

/** The name that the slots of an actor are counted under: one per user, key or widget session. */
export function callerOf(actor: Actor): string {
  if (actor.kind === 'user') return `user ${actor.userId}`;
  if (actor.kind === 'embed') return `session ${actor.sessionId}`;
  return actor.kind === 'apiKey' ? `key ${actor.keyId}` : 'system';
}
