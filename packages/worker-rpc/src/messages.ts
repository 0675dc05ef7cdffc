import { AppError, type ErrorCode, isAppError } from '@lorebox/contract/errors';

/** Methods that a thread serves. `signal` is aborted when the caller cancels the call. */
// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs of any type; callers see those of the concrete methods
export type Methods = Record<string, (input: any, signal: AbortSignal) => any>;

/** A call without an id is a notification without a result. */
export type CallMessage = { id?: number; method: string; input: unknown } | { cancel: number } | { close: true };

export type ReplyMessage = { id: number; output: unknown } | { id: number; error: WireError };

/** An error in a form that crosses threads, because structured clones lose the code of an AppError. */
export interface WireError {
  code: ErrorCode | null;
  message: string;
  stack: string | undefined;
}

export function toWireError(error: unknown): WireError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: isAppError(error) ? error.code : null, message, stack };
}

export function fromWireError({ code, message, stack }: WireError): Error {
  if (code !== null) return new AppError(code, message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
