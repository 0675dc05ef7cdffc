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
  /** JSON of all secret settings, sealed by the vault; null without any. */
  secrets: string | null;
  secretNames: string[];
  everyMinutes: number | null;
  requestsPerSecond: number | null;
  enabled: boolean;
  nextRunAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A sync run at work: nothing that it writes lands once the source is at another one. */
export interface OpenRun {
  runId: string;
  source: StoredSource;
  cursor: Json;
  /** Counts passes; items carry the one that saw them last. */
  pass: number;
  /** Everything up to the cursor was listed, so that what this sync run has not seen is gone. */
  isFull: boolean;
  /** Nobody is surprised when this sync run removes most of what there was. */
  mayRemoveMost: boolean;
  /** Tries of this sync run that have failed. */
  attempts: number;
}

/** What a sync run has found since it last said so. */
export interface RunProgress {
  /** Ids of items that are there as they were. */
  seen: readonly string[];
  failures: readonly SyncProblem[];
  /** Absent: as it was. */
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
      /** It has missed most of the items and removed none; the next sync run may. */
      hasHeldBack: boolean;
    }
  | { state: 'failed'; isFull: boolean; message: string };

/** An item as it is kept; `pass` is the one that saw it last. */
export interface StoredItem extends KnownItem {
  pass: number;
}

export interface SourceStore {
  create(source: StoredSource): Promise<void>;
  get(id: string): Promise<SyncSource | null>;
  stored(id: string): Promise<StoredSource | null>;
  /** Newest first. */
  list(query: PageInput & { workspaceId: string }): Promise<Page<SyncSource>>;
  /** `restart` cuts the sync run that runs, and has everything listed and read anew: for another configuration. */
  update(
    id: string,
    change: Partial<Omit<StoredSource, 'id' | 'workspaceId' | 'connector' | 'createdAt'>>,
    restart: boolean,
  ): Promise<boolean>;
  /** Due now, whether enabled or not; `full` restarts as an update does. */
  queue(id: string, at: Date, full: boolean): Promise<boolean>;
  /** Ends the sync run that runs, waits or is queued. False when there is none. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** Invisible at once; its items, and its documents unless they are kept, go by `removeStep`. */
  remove(id: string, keepDocuments: boolean, at: Date): Promise<boolean>;
  /** Newest first; the last twenty are kept. */
  listRuns(query: PageInput & { sourceId: string }): Promise<Page<SourceRun>>;

  /**
   * Sources whose time has come, those that a stop has cut among them; longest due first. A suspect was at work when the
   * thread last stopped answering.
   */
  due(now: Date, limit: number): Promise<{ id: string; isSuspect: boolean }[]>;
  /** True when there is no source, nor anything left behind by one. */
  isEmpty(): Promise<boolean>;
  /** All that are switched on. */
  enabled(): Promise<StoredSource[]>;
  /** Begins a sync run, or goes on with the one that was cut or waits; null when it is gone. */
  beginRun(id: string, runId: string, at: Date): Promise<OpenRun | null>;
  known(sourceId: string, externalId: string): Promise<StoredItem | null>;
  /**
   * Adopts the bytes, queues the ingest and writes down the item, in one transaction.
   * @throws AppError CONFLICT when the run is no longer the source's, as all that take a run do.
   */
  putItem(run: OpenRun, item: ItemWrite, at: Date): Promise<'added' | 'changed' | 'unchanged'>;
  /** False when it was not there. */
  deleteItem(run: OpenRun, externalId: string, at: Date): Promise<boolean>;
  saveProgress(run: OpenRun, progress: RunProgress): Promise<void>;
  /** How many items there are, and how many of them this sync run has not seen. */
  countUnseen(run: OpenRun): Promise<{ items: number; unseen: number }>;
  /** Removes a bounded number of items that this sync run has not seen, with their documents; how many. */
  sweepStep(run: OpenRun, at: Date): Promise<number>;
  /** Keeps the run open until `nextRunAt`. */
  postponeRun(run: OpenRun, message: string, nextRunAt: Date): Promise<void>;
  /** The next one comes when the schedule has it. */
  endRun(run: OpenRun, end: RunEnd, at: Date): Promise<void>;
  /** Ends all runs at work after the thread stopped answering; a source that was among them three times in a row is disabled. */
  endStalled(at: Date): Promise<number>;
  /** One bounded step of what deleted sources leave behind; true when there is nothing. */
  removeStep(at: Date): Promise<boolean>;
}
