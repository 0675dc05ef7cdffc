import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';

/** What one caller, or one workspace, may have at the same time. */
export interface Limits {
  /** Calls that are being answered, per caller. */
  callsPerCaller: number;
  /** Open streams, per caller. */
  streamsPerCaller: number;
  /** Requests that upload files, per caller. */
  uploadsPerCaller: number;
  /** Answers that are being written, per caller. */
  answersPerCaller: number;
  /** The same per workspace, whoever asks. */
  answersPerWorkspace: number;
  documentsPerWorkspace: number;
  /** Of the files of a workspace, in bytes; 0 is no limit. */
  bytesPerWorkspace: number;
}

const RETRY_SECONDS = 2;

/** Counts what is in use by name; whoever would be one too many is refused at once rather than queued. */
export class Ceilings {
  private readonly counts = new Map<string, number>();

  /**
   * @param what for the error: "answers at the same time".
   * @returns releases the place; calling it again does nothing.
   * @throws AppError RATE_LIMITED when `max` are in use under this name.
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
      const left = (this.counts.get(name) ?? 1) - 1;
      if (left === 0) this.counts.delete(name);
      else this.counts.set(name, left);
    };
  }
}

/** Whose places are counted together: a user's sessions, or one key. */
export function callerOf(actor: Actor): string {
  if (actor.kind === 'user') return `user ${actor.userId}`;
  return actor.kind === 'apiKey' ? `key ${actor.keyId}` : 'system';
}
