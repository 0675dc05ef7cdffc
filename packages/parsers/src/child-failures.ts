import { constants } from 'node:os';
import { FailureReason } from '@lorebox/contract/failure';
import { ParseFailure } from '@lorebox/ports/parser';
import type { ChildMessage } from './wire.ts';

/** The child hit an instruction that this processor does not support. */
export class ProcessorTooOld extends ParseFailure {
  constructor() {
    super('unsupported', "This file requires an engine that doesn't run on this processor.");
  }
}

export const MEMORY_MESSAGE =
  'Reading this file exceeds the memory limit. Split it into smaller files and upload those.';

/** Explains why a child exited before it was done. */
export function explainExit(code: number | null, signal: string | null, errorOutput: string): ParseFailure {
  // A sandbox exits with 128 plus the number of the signal that killed its child.
  if (signal === 'SIGILL' || code === 128 + constants.signals.SIGILL) return new ProcessorTooOld();
  const cause = new Error(`parser process ended (code ${code}, signal ${signal}): ${errorOutput.trim()}`);
  if (/heap out of memory|allocation failed|invalid array length|bad_alloc/i.test(errorOutput)) {
    return new ParseFailure('out-of-memory', MEMORY_MESSAGE, { cause });
  }
  return new ParseFailure(
    'damaged',
    'This file crashed its parser and is probably damaged. Open it in the program that created it, save it again and upload the new copy.',
    { cause },
  );
}

export function toFailure(message: ChildMessage & { type: 'failed' }): ParseFailure {
  const reason = FailureReason.safeParse(message.reason);
  const cause = new Error(message.cause ?? message.message);
  if (reason.success) return new ParseFailure(reason.data, message.message, { cause });
  return unreadable(cause);
}

export function unreadable(cause: unknown): ParseFailure {
  const message = 'Internal error while reading this file. Try again later.';
  return new ParseFailure('internal', message, { cause });
}
