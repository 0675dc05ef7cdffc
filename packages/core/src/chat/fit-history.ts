import type { Message } from '@lorebox/contract/chat';

/** The parts of an earlier message that a prompt contains. */
export type HistoryMessage = Pick<Message, 'role' | 'text'>;

/** Overhead of a message in tokens, in addition to its text. */
export const MESSAGE_TOKENS = 8;

/**
 * Messages that are dropped together. The first message of the prompt then stays the same for several turns, so that a
 * model server can reuse its cache.
 */
const BLOCK = 6;

/**
 * Returns the newest messages that fit, from the beginning of a block. `start` is the number of messages of the thread
 * before them.
 */
export function fitHistory<T extends HistoryMessage>(
  history: readonly T[],
  start: number,
  room: number,
  countTokens: (text: string) => number,
): { messages: T[]; tokens: number } {
  let tokens = 0;
  let fitting = { from: history.length, tokens };
  let kept: typeof fitting | null = null;
  for (let from = history.length - 1; from >= 0; from -= 1) {
    tokens += countTokens(history[from]?.text ?? '') + MESSAGE_TOKENS;
    if (tokens > room) break;
    fitting = { from, tokens };
    if (from === 0 || (start + from) % BLOCK === 0) kept = fitting;
  }
  // If not even a block fits, the newest messages are worth more than the cache.
  const { from, tokens: used } = kept ?? fitting;
  return { messages: history.slice(from), tokens: used };
}

/**
 * Number of the newest messages to use of a thread with `count` messages, at most `limit`, so that the first one begins a
 * block.
 */
export function historyLength(count: number, limit: number): number {
  if (count <= limit || limit < BLOCK) return Math.min(count, limit);
  return count - Math.ceil((count - limit) / BLOCK) * BLOCK;
}
