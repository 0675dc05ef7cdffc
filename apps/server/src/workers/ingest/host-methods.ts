/** What the ingest thread tells its host. */
export type IngestHostMethods = {
  /** The state of a document or job has changed. */
  progress(): void;
  /** Chunking of a text begins; until `textEnd`, the thread handles no message. */
  textBegin(documentId: string): void;
  textEnd(): void;
};
