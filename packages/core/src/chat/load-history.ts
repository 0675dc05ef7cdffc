import type { Stores } from '../core.ts';
import { type HistoryMessage, historyLength } from './fit-history.ts';

export interface LoadedHistory {
  /** Oldest first. */
  messages: readonly HistoryMessage[];
  /** Number of messages before the first one. */
  start: number;
}

/** Returns the newest messages of a thread, at most `limit`, from the beginning of a block. */
export async function loadHistory(
  { threads }: Pick<Stores, 'threads'>,
  threadId: string,
  limit: number,
  beforeMessageId?: string,
): Promise<LoadedHistory> {
  const count = await threads.countHistory(threadId, beforeMessageId);
  const messages = await threads.history(threadId, historyLength(count, limit), beforeMessageId);
  return { messages, start: count - messages.length };
}

/** Returns the newest messages of a conversation that the client sent. */
export function takeHistory(messages: readonly HistoryMessage[], limit: number): LoadedHistory {
  const start = messages.length - historyLength(messages.length, limit);
  return { messages: messages.slice(start), start };
}
