import type { AnswerEvent, Citation, Feedback, Message, MessageStatus, Thread } from '@lorebox/contract/chat';
import type { Page, PageInput } from '@lorebox/contract/page';

export interface ThreadStore {
  get(id: string): Promise<StoredThread | null>;
  /** Only the threads of `userId`; null lists those made by API keys as well. */
  list(workspaceId: string, userId: string | null, page: PageInput): Promise<Page<Thread>>;
  create(thread: StoredThread): Promise<void>;
  rename(id: string, title: string, at: Date): Promise<void>;
  /** With its messages, answers and events. */
  remove(id: string): Promise<void>;
  listMessages(threadId: string, page: PageInput): Promise<Page<Message>>;
  getMessage(id: string): Promise<StoredMessage | null>;
  /** The newest `limit` complete messages before `beforeMessageId` (or all), oldest first. */
  history(threadId: string, limit: number, beforeMessageId?: string): Promise<Message[]>;
  /** Removes a message and all that follow it in its thread, with their answers. */
  truncateFrom(messageId: string): Promise<void>;
  rateMessage(messageId: string, feedback: Feedback | null): Promise<void>;
  /** Removes one message; a question takes its answer along. */
  removeMessage(messageId: string): Promise<void>;
}

export interface StoredThread extends Thread {
  /** Null for threads that an API key made. */
  userId: string | null;
}

export interface StoredMessage extends Message {
  workspaceId: string;
}

export type AnswerState = 'running' | 'done' | 'failed' | 'cancelled';

export interface StoredAnswer {
  id: string;
  workspaceId: string;
  threadId: string;
  questionId: string;
  messageId: string;
  state: AnswerState;
  startedAt: Date;
}

export interface AnswerStore {
  get(id: string): Promise<(StoredAnswer & { userId: string | null }) | null>;
  /** Thread (when new), question, empty answer message and answer row, in one transaction. */
  begin(turn: {
    answer: StoredAnswer;
    newThread: StoredThread | null;
    question: { id: string; text: string } | null;
    removeMessageId: string | null;
  }): Promise<void>;
  appendEvents(answerId: string, events: readonly AnswerEvent[]): Promise<void>;
  /** Last events, final message and state, in one transaction. */
  finish(
    answerId: string,
    result: {
      events: readonly AnswerEvent[];
      state: AnswerState;
      message: {
        text: string;
        reasoning: string | null;
        status: MessageStatus;
        citations: Citation[];
        error: { code: string; message: string } | null;
      };
      at: Date;
    },
  ): Promise<void>;
  eventsAfter(answerId: string, seq: number): Promise<AnswerEvent[]>;
  /** Ends every answer that a stopped process left running with `answer-error`; returns how many. */
  failInterrupted(error: { code: string; message: string }, seqGap: number, at: Date): Promise<number>;
}
