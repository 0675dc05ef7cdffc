export type { AppRouter } from '@lorebox/api/router';
export type {
  AnswerEnd,
  AnswerEvent,
  AskInput,
  AskStarted,
  Citation,
  Message,
  Source,
  Thread,
} from '@lorebox/contract/chat';
export type { Accepted, Chunk, Document, IngestEvent } from '@lorebox/contract/document';
export type { SearchHit, SearchInput, SearchResult } from '@lorebox/contract/search';
export type { Workspace } from '@lorebox/contract/workspace';
export { AnswerStream } from './answer-stream.ts';
export { Lorebox, LoreboxError, type LoreboxOptions, type UploadOptions } from './client.ts';
