import type { AnswerEvent, Citation, Feedback, Message, MessageStatus, Thread } from '@lorebox/contract/chat';
import type { Page, PageInput } from '@lorebox/contract/page';

export interface ThreadStore {
  get(id: string): Promise<StoredThread | null>;
  list(workspaceId: string, viewer: ThreadViewer, page: PageInput): Promise<Page<Thread>>;
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
  rateMessage(messageId: string, feedback: Feedback | null, shared: boolean): Promise<void>;
  /** Removes one message; a question takes its answer along. */
  removeMessage(messageId: string): Promise<void>;
}

/** Whose a thread is. Both null: it was made before threads had owners, or by a key of the installation that is gone. */
export interface ThreadOwner {
  /** The user, or the owner of the key that made it; null where that is the installation. */
  userId: string | null;
  /** The key that made it; null for a user's own. */
  keyId: string | null;
}

/** Who looks: a user sees what is theirs and what their keys made, a key what it made itself. */
export type ThreadViewer = ({ userId: string } | { keyId: string }) & {
  /** Threads without an owner as well. */
  seesUnowned: boolean;
};

export interface StoredThread extends Thread, ThreadOwner {}

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
  get(id: string): Promise<(StoredAnswer & ThreadOwner) | null>;
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
