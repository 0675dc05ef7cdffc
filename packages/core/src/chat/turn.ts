import type { Attachment } from '@lorebox/contract/chat';
import type { Metadata } from '@lorebox/contract/document';
import type { ChatMode, Thinking, Workspace } from '@lorebox/contract/workspace';
import type { HistoryMessage } from './fit-history.ts';
import type { ModelCall } from './stream-model.ts';

/** One question and everything that its answer depends on. */
export interface Turn {
  workspace: Workspace;
  threadId: string;
  questionId: string;
  messageId: string;
  question: string;
  mode: ChatMode;
  modelId: string | null;
  documentIds: readonly string[] | undefined;
  metadata: Metadata | undefined;
  images: readonly Attachment[];
  /** If false, links, images and active HTML of the answer are neutralized. */
  allowRemoteContent: boolean;
  history: readonly HistoryMessage[];
  /** Number of messages of the thread before `history`. */
  historyStart: number;
  /** Null uses the default of the installation. */
  maxAnswerTokens: number | null;
  thinking: Thinking;
  /** The response format that the client requires, such as a JSON schema. Only a language model can follow it. */
  responseFormat?: ModelCall['responseFormat'];
}
