import type { Page, PageInput } from '@lorebox/contract/page';
import type { SourceConfig, SourceRun, SyncProblem, SyncSource } from '@lorebox/contract/source';
import type { Json, KnownItem } from './connector.ts';
import type { NewDocument } from './document-stores.ts';

export interface StoredSource {
  id: string;
  workspaceId: string;
  connector: string;
  name: string;
  config: SourceConfig;
  /** JSON of all secret settings, encrypted by the vault. Null if there are none. */
  secrets: string | null;
  secretNames: string[];
  everyMinutes: number | null;
  requestsPerSecond: number | null;
  enabled: boolean;
  nextRunAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A sync run in progress. Its writes are ignored once the source has started another one. */
export interface OpenRun {
  runId: string;
  source: StoredSource;
  cursor: Json;
  /** Number of the sync run. Each item stores the last one that saw it. */
  pass: number;
  /** Everything up to the cursor was listed, so items that this sync run has not seen are gone. */
  isFull: boolean;
  /** This sync run may remove most of the items. */
  mayRemoveMost: boolean;
  /** Failed attempts of this sync run. */
  attempts: number;
}

/** What a sync run has found since its last report. */
export interface RunProgress {
  /** Ids of unchanged items. */
  seen: readonly string[];
  failures: readonly SyncProblem[];
  /** If absent, the checkpoint stays unchanged. */
  checkpoint?: { cursor: Json; isFull: boolean } | undefined;
}

export interface ItemWrite {
  externalId: string;
  version: string;
  state: Json;
  document: NewDocument;
}

export type RunEnd =
  | {
      state: 'succeeded';
      isFull: boolean;
      message: string | null;
      /** Most items were missing and none were removed. The next sync run may remove them. */
      hasHeldBack: boolean;
    }
  | { state: 'failed'; isFull: boolean; message: string };

/** A stored item. `pass` is the sync run that last saw it. */
export interface StoredItem extends KnownItem {
  pass: number;
}

export interface SourceStore {
  create(source: StoredSource): Promise<void>;
  get(id: string): Promise<SyncSource | null>;
  stored(id: string): Promise<StoredSource | null>;
  /** Newest first. */
  list(query: PageInput & { workspaceId: string }): Promise<Page<SyncSource>>;
  /** `restart` stops the current sync run and has everything listed and read again, after a configuration change. */
  update(
    id: string,
    change: Partial<Omit<StoredSource, 'id' | 'workspaceId' | 'connector' | 'createdAt'>>,
    restart: boolean,
  ): Promise<boolean>;
  /** Makes the source due now, whether enabled or not. `full` restarts it as in `update`. */
  queue(id: string, at: Date, full: boolean): Promise<boolean>;
  /** Ends the running, waiting or queued sync run. Returns false if there is none. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** Hides the source immediately. `removeStep` removes its items, and its documents unless they are kept. */
  remove(id: string, keepDocuments: boolean, at: Date): Promise<boolean>;
  /** Newest first. The last twenty are stored. */
  listRuns(query: PageInput & { sourceId: string }): Promise<Page<SourceRun>>;

  /**
   * Returns due sources, including those with an interrupted sync run, longest due first. A suspect was running when
   * the thread last stopped responding.
   */
  due(now: Date, limit: number): Promise<{ id: string; isSuspect: boolean }[]>;
  /** Returns true if there are no sources and no leftovers of deleted ones. */
  isEmpty(): Promise<boolean>;
  /** Number of enabled sources whose last sync run failed. */
  countFailing(): Promise<number>;
  /** Returns all enabled sources. */
  enabled(): Promise<StoredSource[]>;
  /** Starts a sync run, or resumes an interrupted or waiting one. Returns null if the source is gone. */
  beginRun(id: string, runId: string, at: Date): Promise<OpenRun | null>;
  known(sourceId: string, externalId: string): Promise<StoredItem | null>;
  /**
   * Adopts the bytes, queues the ingest and stores the item in one transaction.
   * @throws AppError CONFLICT if this is no longer the current run of the source. All methods that take a run do this.
   */
  putItem(run: OpenRun, item: ItemWrite, at: Date): Promise<'added' | 'changed' | 'unchanged'>;
  /** Returns false if the item didn't exist. */
  deleteItem(run: OpenRun, externalId: string, at: Date): Promise<boolean>;
  saveProgress(run: OpenRun, progress: RunProgress): Promise<void>;
  /** Counts the items, and those that this sync run has not seen. */
  countUnseen(run: OpenRun): Promise<{ items: number; unseen: number }>;
  /**
   * Removes a bounded number of items that this sync run has not seen, with their documents. Returns the number of
   * items.
   */
  sweepStep(run: OpenRun, at: Date): Promise<number>;
  /** Keeps the run open until `nextRunAt`. */
  postponeRun(run: OpenRun, message: string, nextRunAt: Date): Promise<void>;
  /** Ends the run. The next one follows the schedule. */
  endRun(run: OpenRun, end: RunEnd, at: Date): Promise<void>;
  /**
   * Ends all active runs after the thread stopped responding. Disables a source that was active three times in a row.
   */
  endStalled(at: Date): Promise<number>;
  /** Removes a bounded part of what deleted sources left behind. Returns true when nothing is left. */
  removeStep(at: Date): Promise<boolean>;
}
