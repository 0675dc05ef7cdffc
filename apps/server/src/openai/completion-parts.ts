import { appErrorOf } from '@lorebox/api/trpc';
import { whileAuthorized } from '@lorebox/api/while-authorized';
import type { Actor } from '@lorebox/contract/actor';
import type { Citation } from '@lorebox/contract/chat';
import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';
import { TRPCError } from '@trpc/server';
import type { Call } from './call.ts';

/** What both kinds of answer are made of, before it takes OpenAI's shape. The last one is `end`. */
export type CompletionPart =
  | { type: 'text' | 'reasoning'; text: string }
  | { type: 'tool-call'; id: string; name: string; input: string }
  | ({ type: 'end' } & CompletionEnd);

export interface CompletionEnd {
  finishReason: 'stop' | 'length' | 'tool_calls';
  inputTokens: number;
  outputTokens: number;
  citations: readonly Citation[];
  /** Where a workspace's answer is kept; null for a raw model's. */
  stored: { answerId: string; threadId: string; model: string } | null;
}

/** An answer on its way. */
export interface Reply {
  parts: AsyncGenerator<CompletionPart>;
  /** Of a workspace's answer, which is stored; null for a raw model's. */
  answerId: string | null;
}

/** OpenAI knows neither refusals by documents nor answers that were cancelled; both are complete texts. */
export function toFinishReason(reason: string): CompletionEnd['finishReason'] {
  if (reason === 'tool-calls') return 'tool_calls';
  return reason === 'length' ? 'length' : 'stop';
}

/** An error that was stored with an answer. */
export function storedError(code: string, message: string): AppError {
  return new AppError(Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'INTERNAL', message);
}

/** The parts while the caller's credential is good and allows them, with errors as core threw them. */
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
 * Waits for the first part, so that what fails at once gets a status of its own; with a model that takes longer the
 * stream is opened meanwhile. @throws what the source throws within `waitMs`.
 */
export async function withHeadStart<T>(source: AsyncIterable<T>, waitMs: number): Promise<AsyncIterable<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  // A later failure reaches whoever reads on.
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
