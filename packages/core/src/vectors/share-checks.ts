import type { Clock, Log } from '@lorebox/ports/runtime';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { VectorShare, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { withinTime } from './within-time.ts';

interface Deps {
  backend: VectorBackend;
  vectorSyncs: VectorSyncStore;
  clock: Clock;
  log: Log;
}

/** Interval at which all shares are counted, in addition to startup. */
const ROUND_MS = 600_000;
/** Delay before a mismatch is counted again, because some backends update counts late. */
const AGAIN_MS = 3000;

/** Compares the counts of backend and SQLite, and sends a share again if they differ. */
export class ShareChecks {
  private readonly deps: Deps;
  private readonly requestedIds = new Set<string>();
  /** Time of the next count per workspace with a mismatch. */
  private readonly suspects = new Map<string, number>();
  private nextRound = 0;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  ask(workspaceId: string): void {
    this.requestedIds.add(workspaceId);
  }

  isDue(): boolean {
    const now = this.deps.clock.now();
    return now >= this.nextRound || this.requestedIds.size > 0 || [...this.suspects.values()].some((at) => at <= now);
  }

  /** True if a share was reset. */
  async run(): Promise<boolean> {
    const { clock, vectorSyncs } = this.deps;
    if (!this.isDue()) return false;
    const now = clock.now();
    const isRound = now >= this.nextRound;
    const due = (id: string) =>
      isRound || this.requestedIds.has(id) || (this.suspects.get(id) ?? Number.POSITIVE_INFINITY) <= now;
    let disagreed = false;
    for (const share of await vectorSyncs.started()) {
      if (due(share.workspaceId) && !(await this.agrees(share))) disagreed = true;
      this.requestedIds.delete(share.workspaceId);
    }
    this.requestedIds.clear();
    if (isRound) this.nextRound = now + ROUND_MS;
    return disagreed;
  }

  private async agrees(share: VectorShare): Promise<boolean> {
    const { backend, clock, log, vectorSyncs } = this.deps;
    const { collection, workspaceId } = share;
    const count = await withinTime(backend.count(collection, workspaceId));
    const expected = await vectorSyncs.expectedCount(share);
    const suspectAt = this.suspects.get(workspaceId);
    if (expected === null || count === expected) {
      this.suspects.delete(workspaceId);
      return true;
    }
    if (suspectAt === undefined) {
      this.suspects.set(workspaceId, clock.now() + AGAIN_MS);
      return true;
    }
    if (suspectAt > clock.now()) return true;
    this.suspects.delete(workspaceId);
    log.warn(
      { backend: backend.id, workspaceId, found: count, expected },
      'vector backend count mismatch, workspace resent',
    );
    await vectorSyncs.restart(share);
    return false;
  }
}
