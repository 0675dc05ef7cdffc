import type {
  Chunk,
  Document,
  DocumentStatus,
  DocumentSummary,
  IngestEvent,
  IngestStage,
  Metadata,
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
}

/** A document while it is being ingested: one revision of its content. */
export interface IngestSource {
  /** What is written on behalf of a job that is no longer there doesn't land. */
  jobId: string;
  documentId: string;
  workspaceId: string;
  revision: number;
  filename: string;
  title: string;
  /** The sender named it; a title found by the parser doesn't replace it. */
  titleGiven: boolean;
  contentType: string | null;
  source: 'upload' | 'text' | 'url';
  sha256: string | null;
  size: number;
}

export interface ParsedRevision {
  text: string;
  blocks: ParsedBlock[] | null;
  /** False for raw text that has only been stored. */
  isParsed: boolean;
}

export interface NewChunk {
  ordinal: number;
  page: number | null;
  /** When what is said; null but for recordings. */
  times: SpeechTimes | null;
  section: string | null;
  start: number;
  end: number;
  tokens: number;
  text: string;
  /** Of what was embedded, as `knownVectors` gave it. */
  hash: Uint8Array;
  /** Unit-length. */
  vector: Float32Array;
}

export interface KnownVector {
  hash: Uint8Array;
  /** Unit-length; null when the text has to be embedded. */
  vector: Float32Array | null;
}

export interface DocumentStore {
  get(id: string): Promise<Document | null>;
  list(query: ListDocuments): Promise<Page<Document>>;
  /** Stored text of the searchable revision, else of the newest parsed one; null while nothing is parsed. */
  readText(id: string, start: number, end: number): Promise<{ text: string; length: number } | null>;
  listChunks(id: string, page: PageInput): Promise<Page<Chunk>>;
  /**
   * Adopts staged bytes, writes rows and queues the ingest in one transaction. An `externalId` that exists makes a new
   * revision: the old one is searchable until the new one is.
   */
  add(documents: readonly NewDocument[], at: Date): Promise<AcceptedDocument[]>;
  /** Changes title and metadata without a new revision. */
  update(id: string, change: { title?: string; metadata?: Metadata }, at: Date): Promise<void>;
  /** Invisible at once; the rest goes with a durable job. Returns how many of the ids were there. */
  remove(workspaceId: string, ids: readonly string[], at: Date): Promise<number>;
  /** Queues a failed document again. False when it is not failed. */
  retry(id: string, at: Date): Promise<boolean>;
  /** Stops the ingest of a document that is processing. False when it is not. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** What was uploaded; for a text that was sent as one, `sha256` is null and its bytes are its text. */
  content(id: string): Promise<StoredContent | null>;
  eventsAfter(workspaceId: string, after: number, limit: number): Promise<IngestEvent[]>;
  lastEventId(workspaceId: string): Promise<number>;
  /** Documents of one workspace by status. */
  summary(workspaceId: string): Promise<DocumentSummary>;
  /** What a workspace holds; bytes of files and texts as they were sent. */
  usage(workspaceId: string): Promise<{ documents: number; bytes: number }>;
  /** Removes bytes that a kill left without a row; returns how many. */
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

/** The queue as people see it. */
export interface JobStore {
  /** Newest first. `workspaceId` null: of all workspaces. */
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
  /** How often cutting its text has begun and ended the thread or the process. */
  textAttempts: number;
}

/** Makes the vectors of another embedder beside those that searches use. */
export interface ReembedJob {
  id: string;
  kind: 'reembed';
  workspaceId: string;
  /** The embedder that the workspace is to have. */
  modelId: string;
  /** Key of the last chunk that has its new vector; 0 at the beginning. */
  cursor: number;
  attempts: number;
}

/** The durable side of ingest: every method is one transaction, safe to repeat after a kill. */
export interface IngestStore {
  /** Takes up to `limit` queued jobs, spread over workspaces: those with the fewest running jobs come first. */
  claim(limit: number, at: Date): Promise<Job[]>;
  /** Jobs that a stopped process left running go back to the queue; those that may have ended it wait a little. */
  requeueRunning(at: Date): Promise<number>;
  /** Counts an attempt to cut the text, before it begins: what ends the thread then has been counted. */
  beginText(job: IngestJob): Promise<void>;
  /** The text was cut: its attempts count no longer. */
  endText(job: IngestJob): Promise<void>;
  /** The source of a job, or null when it was replaced, cancelled or deleted meanwhile. */
  source(job: Job & { kind: 'ingest' }): Promise<IngestSource | null>;
  /** Stored text of a revision, and its blocks once the `parsed` stage is done; null for bytes not yet parsed. */
  parsed(documentId: string, revision: number): Promise<ParsedRevision | null>;
  /** Shows how far a document is whose pages take seconds each; `page` is the one being read. */
  reportPages(source: IngestSource, progress: ParseProgress, at: Date): Promise<void>;
  saveParsed(
    source: IngestSource,
    parsed: {
      /** Null when the text that was stored with the document is used as it is. */
      text: string | null;
      blocks: ParsedBlock[] | null;
      title: string;
      format: string;
      pages: number | null;
      /** Seconds. */
      duration: number | null;
      warnings: string[];
    },
    at: Date,
  ): Promise<void>;
  /**
   * How many chunks of the revision are stored with vectors of this model, and where the last one ends; those without one
   * are removed.
   */
  storedChunks(documentId: string, revision: number, modelId: string): Promise<{ count: number; end: number }>;
  /** Removes every chunk of a revision that is being made. */
  dropChunks(documentId: string, revision: number): Promise<void>;
  /** A hash of each text, and the vector of this model if a chunk of the same text has one. In order. */
  knownVectors(modelId: string, texts: readonly string[]): Promise<KnownVector[]>;
  /**
   * Rows, full-text rows and vectors of the chunks commit together. False when the workspace has another embedder by now:
   * nothing was written then, and the document has to begin again with that one.
   */
  appendChunks(
    source: IngestSource,
    model: { modelId: string; dimension: number },
    chunks: readonly NewChunk[],
    progress: { stage: IngestStage; done: number; total: number },
    at: Date,
  ): Promise<boolean>;
  /** Makes the revision the searchable one, ends its job and queues the purge of the old one. */
  publish(job: Job & { kind: 'ingest' }, source: IngestSource, chunks: number, at: Date): Promise<void>;
  fail(job: Job, reason: FailureReason, message: string, at: Date): Promise<void>;
  /** Puts a job that was interrupted back as it was; nothing happens when it is gone. */
  release(job: Job): Promise<void>;
  /** Puts a job back for another attempt not before `runAfter`; `message` says why. */
  postpone(job: Job, runAfter: Date, message: string): Promise<void>;
  /** One bounded step of a job that is neither an ingest nor an embedding; true when nothing is left to do. */
  purgeStep(job: Job): Promise<boolean>;
  finish(job: Job): Promise<void>;
}
