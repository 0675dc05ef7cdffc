import type { AnswerEvent, Feedback, Message, Thread } from '@lorebox/contract/chat';
import type { Page, PageInput, SortOrder } from '@lorebox/contract/page';

export interface ThreadStore {
  get(id: string): Promise<ThreadWithState | null>;
  /** Pinned threads first, then by last activity. */
  list(
    workspaceId: string,
    viewer: ThreadViewer,
    filter: ThreadFilter,
    page: PageInput,
  ): Promise<Page<ThreadWithState>>;
  create(thread: StoredThread): Promise<void>;
  /**
   * Creates the thread with copies of the finished messages up to and including this one, and of their answers.
   * Returns false if there are more than `maxMessages`.
   */
  branch(thread: StoredThread, messageId: string, maxMessages: number): Promise<boolean>;
  update(id: string, change: ThreadChange): Promise<void>;
  /** Removes a thread with its messages, answers and events. */
  remove(id: string): Promise<void>;
  listMessages(threadId: string, page: PageInput & { order?: SortOrder }): Promise<Page<Message>>;
  getMessage(id: string): Promise<StoredMessage | null>;
  /**
   * Returns the newest `limit` complete messages before `beforeMessageId` (of the whole thread if omitted), oldest
   * first.
   */
  history(threadId: string, limit: number, beforeMessageId?: string): Promise<Message[]>;
  /** Returns the number of complete messages before `beforeMessageId`, or of the whole thread. */
  countHistory(threadId: string, beforeMessageId?: string): Promise<number>;
  /** Removes a message and all later messages in its thread, with their answers. */
  truncateFrom(messageId: string): Promise<void>;
  rateMessage(
    messageId: string,
    rating: { feedback: Feedback | null; shared: boolean; reason: string | null },
  ): Promise<void>;
  /** Removes one message. Removing a question also removes its answer. */
  removeMessage(messageId: string): Promise<void>;
}

/**
 * Owner of a thread. Both are null for threads from before ownership and for threads of deleted keys of the
 * installation.
 */
export interface ThreadOwner {
  /** The user, or the owner of the key that created the thread. Null if that is the installation. */
  userId: string | null;
  /** The key, or the session of a widget's visitor, that created the thread. Null if a user created it. */
  keyId: string | null;
}

/** Who is viewing threads. Users see their own threads and those of their keys; a key sees only its own. */
export type ThreadViewer = ({ userId: string } | { keyId: string }) & {
  /** Also sees threads without an owner. */
  seesUnowned: boolean;
};

export interface StoredThread extends Omit<Thread, 'answering' | 'mine'>, ThreadOwner {}

export interface ThreadWithState extends StoredThread {
  answering: boolean;
}

export type ThreadChange = Partial<Pick<StoredThread, 'title' | 'pinned' | 'archived' | 'visibility' | 'updatedAt'>>;

export interface ThreadFilter {
  archived: boolean;
  /** The threads that others share with the workspace, instead of those of the viewer. */
  shared: boolean;
  /** Words that a title or message has to contain. Undefined or without words: all threads. */
  query: string | undefined;
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

/** What a message holds when its answer has ended. */
export type AnswerMessage = Pick<
  Message,
  'text' | 'reasoning' | 'status' | 'citations' | 'unsupported' | 'model' | 'finishReason' | 'error'
>;

export interface AnswerStore {
  get(id: string): Promise<(StoredAnswer & ThreadOwner & Pick<StoredThread, 'visibility'>) | null>;
  /** Stores the thread (if new), the question, an empty answer message and the answer row in one transaction. */
  begin(turn: {
    answer: StoredAnswer;
    newThread: StoredThread | null;
    question: { id: string; text: string } | null;
    removeMessageId: string | null;
  }): Promise<void>;
  appendEvents(answerId: string, events: readonly AnswerEvent[]): Promise<void>;
  /** Stores the last events, the final message and the state in one transaction. */
  finish(
    answerId: string,
    result: {
      events: readonly AnswerEvent[];
      state: AnswerState;
      message: AnswerMessage;
      at: Date;
    },
  ): Promise<void>;
  eventsAfter(answerId: string, seq: number): Promise<AnswerEvent[]>;
  /** Returns the answers that are running, or that a stopped process left running. */
  listRunning(): Promise<StoredAnswer[]>;
}
