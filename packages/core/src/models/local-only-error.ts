import { AppError } from '@lorebox/contract/errors';

/** The error for anything remote in a local-only workspace. */
export function localOnlyError(what: string): AppError {
  return new AppError(
    'FORBIDDEN',
    `This workspace is local only, but ${what} runs on another machine. Choose a local one.`,
  );
}
