import type {
  Chunk,
  Document,
  DocumentFolder,
  DocumentSort,
  DocumentStatus,
  DocumentSummary,
  IngestEvent,
  IngestStage,
  Metadata,
  OnSamePath,
} from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import type { Job as JobView } from '@lorebox/contract/job';
import type { Page, PageInput, SortOrder } from '@lorebox/contract/page';
import type { ParsedBlock, ParseProgress } from './parser.ts';
import type { StagedFile } from './runtime.ts';
import type { SpeechTimes } from './speech-times.ts';

export type NewDocument = {
  id: string;
  workspaceId: string;
  externalId: string | null;
  filename: string;
  title: string | null;
  metadata: Metadata;
  sourceUrl: string | null;
  /** What to do if a document without an external id has the same path, or the same name and no path. Default: "add". */
  onSamePath?: OnSamePath | undefined;
} & ({ source: 'upload' | 'url'; file: StagedFile } | { source: 'text'; text: string });

export interface StoredContent {
  filename: string;
  contentType: string | null;
  size: number;
  sha256: string | null;
  updatedAt: Date;
}

export interface AcceptedDocument {
  id: string;
  externalId: string | null;
  filename: string;
  status: DocumentStatus;
  unchanged: boolean;
}

export interface ListDocuments extends PageInput {
  workspaceId: string;
  status?: DocumentStatus | undefined;
  externalId?: string | undefined;
  /** Default: oldest first. */
  order?: SortOrder | undefined;
  /** Words that the title, file name or path contains. */
  query?: string | undefined;
  /** Beginning of the path, up to a slash. */
  folder?: string | undefined;
  /** Default: created. */
  sort?: DocumentSort | undefined;
}

/** A document during its ingest: one revision of its content. */
export interface IngestSource {
  /** Writes on behalf of a job that no longer exists are ignored. */
  jobId: string;
  documentId: string;
  workspaceId: string;
  revision: number;
  filename: string;
  title: string;
  /** The sender set the title; a title found by the parser doesn't replace it. */
  titleGiven: boolean;
  contentType: string | null;
  source: 'upload' | 'text' | 'url';
  sha256: string | null;
  size: number;
}

export interface ParsedRevision {
  text: string;
  blocks: ParsedBlock[] | null;
  /** False for raw text that was only stored. */
  isParsed: boolean;
}

export interface NewChunk {
  ordinal: number;
  page: number | null;
  /** Timestamps in the recording. Null for other documents. */
  times: SpeechTimes | null;
  section: string | null;
  start: number;
  end: number;
  tokens: number;
  text: string;
  /** Hash of the embedded text, as returned by `knownVectors`. */
  hash: Uint8Array;
  /** Unit vector. */
  vector: Float32Array;
}

export interface KnownVector {
  hash: Uint8Array;
  /** Unit vector. Null if the text must be embedded. */
  vector: Float32Array | null;
}

export interface ChunkChange {
  chunk: { documentId: string; revision: number; ordinal: number };
  /** Corrected text. Null: unchanged. */
  text: string | null;
  excluded: boolean;
  /** Null for excluded chunks. */
  embedded: { modelId: string; vector: Float32Array; tokens: number } | null;
  /** Added to the warnings of the document. */
  warning: string;
  at: Date;
}

export interface DocumentStore {
  get(id: string): Promise<Document | null>;
  /** @throws AppError BAD_REQUEST if the document at the cursor of a sorted or filtered list was deleted. */
  list(query: ListDocuments): Promise<Page<Document>>;
  /** Sorted by path, at most 2,000. */
  listFolders(workspaceId: string): Promise<DocumentFolder[]>;
  /** Returns the documents that every question reads, at most 100. */
  listPinned(workspaceId: string): Promise<Document[]>;
  /**
   * Returns the stored text of the searchable revision, otherwise of the newest parsed one. Null while nothing is
   * parsed.
   */
  readText(id: string, start: number, end: number): Promise<{ text: string; length: number } | null>;
  /** Returns the text that `readText` reads, with its blocks. Null if it has no table rows or more than `maxLength`. */
  readTableText(id: string, maxLength: number): Promise<{ text: string; blocks: ParsedBlock[] } | null>;
  /** In document order, without those that were excluded by hand unless requested. */
  listChunks(id: string, page: PageInput, options?: { withExcluded: boolean }): Promise<Page<Chunk>>;
  /** Returns false if the chunk, its document or the embedder of the workspace has changed in the meantime. */
  changeChunk(change: ChunkChange): Promise<boolean>;
  /**
   * Adopts staged bytes, writes rows and queues the ingest in one transaction. An existing `externalId` creates a new
   * revision; the old one stays searchable until the new one is.
   */
  add(documents: readonly NewDocument[], at: Date): Promise<AcceptedDocument[]>;
  /** Changes the document without a new revision. */
  update(id: string, change: { title?: string; metadata?: Metadata; pinned?: boolean }, at: Date): Promise<void>;
  /** Hides the documents immediately; a durable job removes the rest. Returns the number of ids that existed. */
  remove(workspaceId: string, ids: readonly string[], at: Date): Promise<number>;
  /** Queues a failed document again. Returns false if it has not failed. */
  retry(id: string, at: Date): Promise<boolean>;
  /** Queues a new ingest of the same content. Returns false if the document is being processed. */
  reingest(id: string, at: Date): Promise<boolean>;
  /**
   * Moves the document to another workspace and queues its ingest there. Returns false if it doesn't exist.
   * @throws AppError CONFLICT if a source keeps it in sync, or its external id is taken there.
   */
  move(id: string, workspaceId: string, at: Date): Promise<boolean>;
  /** Stops the ingest of a document. Returns false if it is not processing. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** Returns the uploaded content. For documents sent as text, `sha256` is null and the bytes are the text. */
  content(id: string): Promise<StoredContent | null>;
  eventsAfter(workspaceId: string, after: number, limit: number): Promise<IngestEvent[]>;
  lastEventId(workspaceId: string): Promise<number>;
  /** Counts the documents of a workspace by status. */
  summary(workspaceId: string): Promise<DocumentSummary>;
  /** Returns the number of documents in a workspace and the bytes of their files and texts as sent. */
  usage(workspaceId: string): Promise<{ documents: number; bytes: number }>;
  /** Removes files that a killed process left without a row. Returns the number of files. */
  sweepOrphans(): Promise<number>;
  counts(): Promise<{
    ready: number;
    processing: number;
    failed: number;
    chunks: number;
    queued: number;
    running: number;
  }>;
}

/** The job queue as shown to users. */
export interface JobStore {
  /** Newest first. `workspaceId` null: all workspaces. */
  list(
    query: PageInput & {
      workspaceId: string | null;
      state?: JobView['state'] | undefined;
      kind?: JobView['kind'] | undefined;
    },
  ): Promise<Page<JobView>>;
  get(id: string): Promise<JobView | null>;
}

export type Job =
  | IngestJob
  | { id: string; kind: 'purge-document'; workspaceId: string; documentId: string; attempts: number }
  | { id: string; kind: 'purge-workspace'; workspaceId: string; attempts: number }
  | ReembedJob
  | { id: string; kind: 'reindex'; workspaceId: string; attempts: number }
  | { id: string; kind: 'purge-vectors'; workspaceId: string; modelId: string; attempts: number };

export interface IngestJob {
  id: string;
  kind: 'ingest';
  workspaceId: string;
  documentId: string;
  revision: number;
  attempts: number;
  /** How many times chunking the text has started and then ended the thread or the process. */
  textAttempts: number;
}

/** Creates the vectors of another embedder beside the ones that searches use. */
export interface ReembedJob {
  id: string;
  kind: 'reembed';
  workspaceId: string;
  /** The new embedder of the workspace. */
  modelId: string;
  /** Key of the last chunk with a new vector; 0 at the start. */
  cursor: number;
  attempts: number;
}

/** The durable side of ingest: every method is one transaction and safe to repeat after a kill. */
export interface IngestStore {
  /** Claims up to `limit` queued jobs, starting with the workspaces that have the fewest running jobs. */
  claim(limit: number, at: Date): Promise<Job[]>;
  /** Requeues jobs that a stopped process left running. Jobs that may have crashed it wait a little. */
  requeueRunning(at: Date): Promise<number>;
  /** Counts an attempt to chunk the text before it starts, so that an attempt that ends the thread is counted. */
  beginText(job: IngestJob): Promise<void>;
  /** Resets the attempts after the text was chunked. */
  endText(job: IngestJob): Promise<void>;
  /** Returns the source of a job, or null if it was replaced, cancelled or deleted in the meantime. */
  source(job: Job & { kind: 'ingest' }): Promise<IngestSource | null>;
  /**
   * Returns the stored text of a revision, with its blocks after the `parsed` stage. Null for bytes that are not parsed
   * yet.
   */
  parsed(documentId: string, revision: number): Promise<ParsedRevision | null>;
  /** Reports the progress of a document whose pages take seconds each. `page` is the page being read. */
  reportPages(source: IngestSource, progress: ParseProgress, at: Date): Promise<void>;
  saveParsed(
    source: IngestSource,
    parsed: {
      /** Null if the text stored with the document is used unchanged. */
      text: string | null;
      blocks: ParsedBlock[] | null;
      title: string;
      format: string;
      pages: number | null;
      /** Length of the recording in seconds. */
      duration: number | null;
      warnings: string[];
      /** What the file says about itself. Added to the metadata under names that the sender doesn't use. */
      metadata: Record<string, string>;
    },
    at: Date,
  ): Promise<void>;
  /**
   * Returns how many chunks of the revision have vectors of this model, and where the last one ends. Removes chunks
   * without one.
   */
  storedChunks(documentId: string, revision: number, modelId: string): Promise<{ count: number; end: number }>;
  /** Removes all chunks of a revision that is being ingested. */
  dropChunks(documentId: string, revision: number): Promise<void>;
  /**
   * Returns a hash of each text, and this model's vector if a chunk with the same text has one, in the order of the
   * texts.
   */
  knownVectors(modelId: string, texts: readonly string[]): Promise<KnownVector[]>;
  /**
   * Commits rows, full-text rows and vectors of the chunks together. Returns false and writes nothing if the embedder
   * of the workspace has changed; the document must then start over with the new one.
   */
  appendChunks(
    source: IngestSource,
    model: { modelId: string; dimension: number },
    chunks: readonly NewChunk[],
    progress: { stage: IngestStage; done: number; total: number },
    at: Date,
  ): Promise<boolean>;
  /** Makes the revision searchable, ends its job and queues the purge of the old revision. */
  publish(job: Job & { kind: 'ingest' }, source: IngestSource, chunks: number, at: Date): Promise<void>;
  fail(job: Job, reason: FailureReason, message: string, at: Date): Promise<void>;
  /** Requeues an interrupted job unchanged. Does nothing if the job is gone. */
  release(job: Job): Promise<void>;
  /** Requeues a job for another attempt at `runAfter` or later; `message` is the reason. */
  postpone(job: Job, runAfter: Date, message: string): Promise<void>;
  /**
   * Runs one bounded step of a job that is neither an ingest nor a re-embedding. Returns true when nothing is left to
   * do.
   */
  purgeStep(job: Job): Promise<boolean>;
  finish(job: Job): Promise<void>;
}
