/** Calls from the ingest thread to its host. */
export type IngestHostMethods = {
  /** The state of a document or job has changed. */
  progress(): void;
  /** Chunking of a text starts. Until `textEnd`, the thread handles no messages. */
  textBegin(documentId: string): void;
  textEnd(): void;
};
