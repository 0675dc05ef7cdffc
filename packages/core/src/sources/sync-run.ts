import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SyncProblem } from '@lorebox/contract/source';
import type { SourceItem, UpsertItem } from '@lorebox/ports/connector';
import type { BlobStore, Clock } from '@lorebox/ports/runtime';
import type { ItemWrite, OpenRun, SourceStore } from '@lorebox/ports/source-stores';
import type { WorkspaceRoom } from '../limits/workspace-room.ts';
import { toDocument } from './item-document.ts';
import { untilAborted } from './until-aborted.ts';

export interface SyncRunDeps {
  sources: SourceStore;
  blobs: BlobStore;
  room: Pick<WorkspaceRoom, 'take'>;
  clock: Clock;
  /** Largest item that is taken. */
  maxBytes: number;
  /** Something new waits for its ingest. */
  wakeIngest(): void;
}

export interface SyncResult {
  /** It has listed everything. */
  isFull: boolean;
  /** Items that it has not seen and that stay for now. */
  heldBack: number;
}

const MAX_ID = 2000;
const MAX_STATE = 65_536;
const FLUSH_ITEMS = 200;
const FLUSH_MS = 1000;
/** So many items in a row that can not be had are no accident of theirs. */
const FAILURES_IN_A_ROW = 5;
/** So many items, and more than half of all, don't go because one sync run has missed them. */
const MANY = 20;
/** What is wrong with one item and says nothing of the others. */
const ITEM_ERRORS: readonly string[] = ['TOO_LARGE', 'NOT_FOUND', 'BAD_REQUEST', 'UNPROCESSABLE', 'URL_REFUSED'];
/** What is wrong with us, or with everything. */
const RUN_ERRORS: readonly string[] = ['RATE_LIMITED', 'STORAGE_FULL', 'SHUTTING_DOWN', 'CANCELLED'];

/** Turns what a connector lists into documents. Every step is written down, so that a sync run can be cut anywhere. */
export class SyncRun {
  private readonly deps: SyncRunDeps;
  private readonly run: OpenRun;
  private readonly signal: AbortSignal;
  private isFull: boolean;
  private seen: string[] = [];
  private failures: SyncProblem[] = [];
  private failedInARow = 0;
  private flushedAt: number;
  private readonly parallel: number;
  private readonly inFlight = new Set<Promise<void>>();
  private fatal: { error: unknown } | null = null;

  constructor(deps: SyncRunDeps, run: OpenRun, signal: AbortSignal, parallel: number) {
    this.deps = deps;
    this.run = run;
    this.signal = signal;
    this.parallel = parallel;
    this.isFull = run.isFull;
    this.flushedAt = deps.clock.now();
  }

  /** @throws what the connector throws; nothing is removed then. */
  async process(items: AsyncIterable<SourceItem>): Promise<SyncResult> {
    try {
      for await (const item of untilAborted(items, this.signal)) {
        await this.take(item);
        const isLong = this.deps.clock.now() - this.flushedAt >= FLUSH_MS;
        if (isLong || this.seen.length >= FLUSH_ITEMS) await this.flush();
      }
    } finally {
      await Promise.allSettled(this.inFlight);
    }
    await this.settle();
    await this.flush();
    const heldBack = this.isFull ? await this.sweep() : 0;
    return { isFull: this.isFull, heldBack };
  }

  private async take(item: SourceItem): Promise<void> {
    const { sources, clock } = this.deps;
    // What is said after an item holds once that item is done.
    if (item.kind === 'cursor' || item.kind === 'delete') await this.settle();
    if (item.kind === 'full') this.isFull = true;
    else if (item.kind === 'upsert') await this.upsert(item);
    else if (item.kind === 'seen') this.seen.push(item.externalId);
    else if (item.kind === 'failed') this.fail(item.externalId, item.message);
    else if (item.kind === 'cursor') await this.flush({ cursor: item.cursor, isFull: this.isFull });
    else if (await sources.deleteItem(this.run, item.externalId, new Date(clock.now()))) this.deps.wakeIngest();
  }

  private async upsert(item: UpsertItem): Promise<void> {
    const { sources, maxBytes } = this.deps;
    const { externalId, version, state = null } = item;
    if (externalId.length > MAX_ID || externalId === '')
      return this.fail(externalId, 'The item id is empty or too long.');
    if (JSON.stringify(state).length > MAX_STATE) return this.fail(externalId, 'The item state is too large.');
    const known = await sources.known(this.run.source.id, externalId);
    if (known?.version === version) {
      if (known.pass !== this.run.pass) this.seen.push(externalId);
      return;
    }
    if (item.size !== undefined && item.size > maxBytes) return this.fail(externalId, tooLarge(maxBytes));
    while (this.inFlight.size >= this.parallel) await Promise.race(this.inFlight);
    if (this.fatal) throw this.fatal.error;
    const work: Promise<void> = this.put(item, { externalId, version, state })
      .catch((error: unknown) => {
        this.fatal ??= { error };
      })
      .finally(() => this.inFlight.delete(work));
    this.inFlight.add(work);
    if (this.parallel === 1) await this.settle();
  }

  private async settle(): Promise<void> {
    await Promise.all(this.inFlight);
    if (this.fatal) throw this.fatal.error;
  }

  private async put(item: UpsertItem, about: Omit<ItemWrite, 'document'>): Promise<void> {
    const { sources, clock } = this.deps;
    const file = await this.stage(item);
    if (!file) return;
    try {
      await this.deps.room.take(this.run.source.workspaceId, 1, file.size);
      const document = await toDocument(this.run.source, item, file);
      await sources.putItem(this.run, { ...about, document }, new Date(clock.now()));
    } catch (error) {
      await this.deps.blobs.discard(file);
      throw error;
    }
    this.deps.wakeIngest();
  }

  /** The bytes on disk; null when this one can't be had, which is noted. */
  private async stage(item: UpsertItem) {
    const { blobs, maxBytes } = this.deps;
    const { filename, contentType = null, externalId } = item;
    try {
      const file = await blobs.stage(untilAborted(item.open(), this.signal), { filename, contentType, maxBytes });
      this.failedInARow = 0;
      return file;
    } catch (error) {
      this.signal.throwIfAborted();
      const code = isAppError(error) ? error.code : '';
      if (RUN_ERRORS.includes(code)) throw error;
      if (!ITEM_ERRORS.includes(code)) this.failedInARow += 1;
      if (this.failedInARow >= FAILURES_IN_A_ROW) throw error;
      this.fail(externalId, code === 'TOO_LARGE' ? tooLarge(maxBytes) : messageOf(error));
      return null;
    }
  }

  private fail(item: string, message: string): void {
    this.failures.push({ item: item.slice(0, MAX_ID), message: message.slice(0, 1000) });
  }

  private async flush(checkpoint?: { cursor: Extract<SourceItem, { kind: 'cursor' }>['cursor']; isFull: boolean }) {
    const { seen, failures } = this;
    this.flushedAt = this.deps.clock.now();
    this.seen = [];
    this.failures = [];
    if (seen.length + failures.length === 0 && !checkpoint) return;
    await this.deps.sources.saveProgress(this.run, { seen, failures, checkpoint });
  }

  /** Removes what was not seen. Most of everything goes only when two sync runs agree: how many were spared. */
  private async sweep(): Promise<number> {
    const { items, unseen } = await this.deps.sources.countUnseen(this.run);
    if (unseen >= MANY && unseen * 2 > items && !this.run.mayRemoveMost) return unseen;
    for (;;) {
      this.signal.throwIfAborted();
      if ((await this.deps.sources.sweepStep(this.run, new Date(this.deps.clock.now()))) === 0) return 0;
      this.deps.wakeIngest();
    }
  }
}

function tooLarge(maxBytes: number): string {
  return `The file is larger than ${Math.round(maxBytes / 1024 / 1024)} MB. An admin can raise LOREBOX_MAX_UPLOAD_MB.`;
}

export function messageOf(error: unknown): string {
  if (error instanceof AppError || isAppError(error)) return error.message;
  return error instanceof Error ? error.message : String(error);
}
