import type { VectorBackendStatus } from '@lorebox/contract/status';
import type { Clock, Log } from '@lorebox/ports/runtime';
import type { VectorBackend, VectorCollection } from '@lorebox/ports/vector-backend';
import type { VectorShare, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { PollLoop } from '../background/poll-loop.ts';
import { sleep } from '../background/sleep.ts';
import type { VectorSignals } from '../core.ts';
import { sendChanges } from './send-changes.ts';
import { ShareChecks } from './share-checks.ts';
import { withinTime } from './within-time.ts';

export interface VectorSyncDeps {
  backend: VectorBackend;
  vectorSyncs: VectorSyncStore;
  clock: Clock;
  log: Log;
}

export interface VectorSyncOptions {
  /** Identifies backend and address. When it changes, everything is sent again. */
  target: string;
  /** Changes with every commit. */
  readVersion(): number;
  /** Resolves when there may be work, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void>;
}

const POLL_MS = 1000;
/** Pause between rounds, because an ingest writes continuously. */
const BATCH_PAUSE_MS = 100;
/** Vectors per call, about a megabyte. */
const BATCH = 256;
/** Batches per round for a backend that shows writes with a delay. */
const BATCHES_WHILE_SETTLING = 8;
/** Workspaces per round, so that all of them make progress. */
const SHARES = 16;
const MIN_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 60_000;

/**
 * Keeps the vector backend in sync. Its state is in the database and advances when the backend has confirmed a write.
 * After a crash, the same points are sent again, which is idempotent.
 */
export class VectorSyncRunner implements VectorSignals {
  private readonly deps: VectorSyncDeps;
  private readonly options: VectorSyncOptions;
  private readonly checks: ShareChecks;
  private readonly loop = new PollLoop({ tick: () => this.tick(), idle: (signal) => this.idle(signal) });
  /** Rejects when the runner is stopped, so that a hanging backend doesn't delay the stop. */
  private readonly untilStopped = new Promise<never>((_, reject) => {
    this.loop.signal.addEventListener('abort', () => reject(new Error('stopped')));
  });
  private readonly ensured = new Set<string>();
  private failures = 0;
  private message: string | null = null;
  private isTargetSet = false;
  /** The `readVersion` up to which everything was sent. */
  private syncedVersion = -1;

  constructor(deps: VectorSyncDeps, options: VectorSyncOptions) {
    this.deps = deps;
    this.options = options;
    this.checks = new ShareChecks(deps);
    this.untilStopped.catch(() => {});
  }

  start(): void {
    this.loop.start();
  }

  /** Requests in flight are repeated after the next start. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await this.deps.backend.close().catch(() => {});
  }

  requestRecheck(workspaceId: string): void {
    this.checks.ask(workspaceId);
    this.loop.wake();
  }

  async status(): Promise<VectorBackendStatus> {
    const { vectors, changes } = await this.deps.vectorSyncs.lag();
    const state = this.message !== null ? 'failing' : vectors + changes > 0 ? 'catching-up' : 'in-step';
    return { id: this.deps.backend.id, state, vectors, changes, message: this.message };
  }

  /** Sends what is due; true if there is more to send immediately. */
  private async tick(): Promise<boolean> {
    if (!this.isTargetSet) {
      await this.attempt(() => this.deps.vectorSyncs.use(this.options.target));
      this.isTargetSet = true;
    }
    const version = this.options.readVersion();
    const isDue = version !== this.syncedVersion || this.failures > 0 || this.checks.isDue();
    const isDone = !isDue || (await this.attempt(() => this.step()));
    if (isDone === true) this.syncedVersion = version;
    return isDone === false;
  }

  private async idle(signal: AbortSignal): Promise<void> {
    if (this.failures > 0) return sleep(Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** this.failures), signal);
    await Promise.race([this.options.changed(POLL_MS), sleep(POLL_MS, signal)]);
    await sleep(BATCH_PAUSE_MS, this.loop.signal);
  }

  /** Returns null if it failed; `status` reports the reason. */
  private async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const result = await Promise.race([work(), this.untilStopped]);
      if (this.failures > 0) this.deps.log.info({ backend: this.deps.backend.id }, 'vector backend recovered');
      this.failures = 0;
      this.message = null;
      return result;
    } catch (error) {
      if (this.loop.signal.aborted) return null;
      this.failures += 1;
      this.message = error instanceof Error ? error.message : String(error);
      // A restart or repair of the backend may have dropped the collections.
      this.ensured.clear();
      this.deps.log.warn({ err: error, backend: this.deps.backend.id }, 'vector backend sync failed');
      return null;
    }
  }

  /** One round of work; true if there is nothing left to do. */
  private async step(): Promise<boolean> {
    const hasChanges = await sendChanges(this.deps, (collection) => this.ensure(collection), this.ensured, BATCH);
    const behind = await this.deps.vectorSyncs.behind(SHARES);
    const sent: { share: VectorShare; key: number }[] = [];
    for (const share of behind) {
      if (this.loop.signal.aborted) return false;
      sent.push({ share, key: await this.send(share) });
    }
    if (sent.length > 0 && this.deps.backend.settleMs > 0) await sleep(this.deps.backend.settleMs, this.loop.signal);
    for (const { share, key } of sent) await this.deps.vectorSyncs.advance(share, key);
    if (hasChanges || behind.length > 0) return false;
    // A backend that lost vectors may have lost the collection too.
    if (await this.checks.run()) this.ensured.clear();
    return true;
  }

  /** Sends the next vectors of the share. Returns the key up to which the backend has all of them. */
  private async send(share: VectorShare): Promise<number> {
    const { backend, vectorSyncs } = this.deps;
    await this.ensure(share.collection);
    if (share.syncedKey === null) {
      await withinTime(backend.removeWorkspace(share.collection, share.workspaceId));
      return 0;
    }
    let sent = share.syncedKey;
    for (let turn = 0; turn < (backend.settleMs > 0 ? BATCHES_WHILE_SETTLING : 1); turn += 1) {
      // Chunks that have only a vector of another embedder are skipped. The last key is read first, so that no chunk
      // that is added in between is skipped too.
      const lastKey = await vectorSyncs.lastKey(share);
      const points = await vectorSyncs.pointsAfter(share, sent, BATCH);
      if (points.length > 0) await withinTime(backend.upsert(share.collection, points));
      sent = points.at(-1)?.key ?? lastKey;
      if (points.length < BATCH) break;
    }
    return sent;
  }

  private async ensure(collection: VectorCollection): Promise<void> {
    if (this.ensured.has(collection.name)) return;
    await withinTime(this.deps.backend.ensure(collection));
    this.ensured.add(collection.name);
  }
}
