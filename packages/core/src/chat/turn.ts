import type { Attachment } from '@lorebox/contract/chat';
import type { Metadata } from '@lorebox/contract/document';
import type { ChatMode, Workspace } from '@lorebox/contract/workspace';
import type { HistoryMessage } from './build-prompt.ts';
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
  /** The response format that the client requires, such as a JSON schema. Only a language model can follow it. */
  responseFormat?: ModelCall['responseFormat'];
}
