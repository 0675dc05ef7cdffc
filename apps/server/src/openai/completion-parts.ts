import { appErrorOf } from '@lorebox/api/trpc';
import { whileAuthorized } from '@lorebox/api/while-authorized';
import type { Actor } from '@lorebox/contract/actor';
import type { Citation } from '@lorebox/contract/chat';
import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';
import { TRPCError } from '@trpc/server';
import type { Call } from './call.ts';

/** The parts of a chat completion or response, before they are formatted for OpenAI. The last one is `end`. */
export type CompletionPart =
  | { type: 'text' | 'reasoning'; text: string }
  | { type: 'tool-call'; id: string; name: string; input: string }
  | ({ type: 'end' } & CompletionEnd);

export interface CompletionEnd {
  finishReason: 'stop' | 'length' | 'tool_calls';
  inputTokens: number;
  outputTokens: number;
  citations: readonly Citation[];
  /** IDs of the stored answer of a workspace; null for a raw model. */
  stored: { answerId: string; threadId: string; model: string } | null;
}

/** An answer in progress. */
export interface Reply {
  parts: AsyncGenerator<CompletionPart>;
  /** ID of the stored answer of a workspace; null for a raw model. */
  answerId: string | null;
}

/**
 * OpenAI has no finish reason for declined or cancelled answers; both count as complete. An answer that was stopped
 * because the model repeated itself is cut off.
 */
export function toFinishReason(reason: string): CompletionEnd['finishReason'] {
  if (reason === 'tool-calls') return 'tool_calls';
  return reason === 'length' || reason === 'repetition' ? 'length' : 'stop';
}

/** Restores an error that was stored with an answer. */
export function storedError(code: string, message: string): AppError {
  return new AppError(Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'INTERNAL', message);
}

/** Yields the parts while the caller's credential is valid and has access. Errors are rethrown as core threw them. */
export async function* authorizedParts(
  { context, actor }: Call,
  open: (signal: AbortSignal) => AsyncIterable<CompletionPart>,
  requireAccess: (actor: Actor) => Promise<unknown>,
): AsyncGenerator<CompletionPart> {
  try {
    yield* whileAuthorized({ ...context, actor }, context.signal(), open, requireAccess);
  } catch (error) {
    throw error instanceof TRPCError ? appErrorOf(error) : error;
  }
}

/**
 * Waits for the first part, so that an immediate failure gets its own status code. If the model takes longer than
 * `waitMs`, the stream is opened first. @throws what the source throws within `waitMs`.
 */
export async function withHeadStart<T>(source: AsyncIterable<T>, waitMs: number): Promise<AsyncIterable<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  // Later failures reach the reader of the stream.
  first.catch(() => {});
  await Promise.race([first, timeout]).finally(() => clearTimeout(timer));
  return (async function* () {
    try {
      for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
