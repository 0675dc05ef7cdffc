import type { Document } from '@lorebox/contract/document';
import type { SummaryModels } from '@lorebox/contract/workspace';

/** A node of the summary tree of a document. */
export interface SummaryNode {
  /** 0 summarizes ranges of the text, each higher level the level below it. */
  level: number;
  ordinal: number;
  /** Range of the text that the node covers, as offsets. */
  start: number;
  end: number;
  text: string;
  modelId: string;
}

/** A document whose summary is missing or incomplete. */
export interface UnsummarizedDocument {
  document: Document;
  revision: number;
}

export interface SummaryStore {
  /** Nodes of the searchable revision, by level and position. */
  list(documentId: string): Promise<SummaryNode[]>;
  /**
   * Returns the oldest searchable documents with more than `minLength` characters and no complete summary, in workspaces
   * with one of these settings.
   */
  findUnsummarized(
    settings: readonly SummaryModels[],
    minLength: number,
    limit: number,
  ): Promise<UnsummarizedDocument[]>;
  /** Stores a node and marks the summary as partial. Does nothing if the revision is no longer searchable. */
  add(documentId: string, revision: number, node: SummaryNode): Promise<void>;
  /** Marks the summary as complete, or as not needed again until the next revision. */
  complete(documentId: string, revision: number): Promise<void>;
}
