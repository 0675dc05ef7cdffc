import { AppError } from '@lorebox/contract/errors';

/** For what a local-only workspace must not use. */
export function localOnlyError(what: string): AppError {
  return new AppError(
    'FORBIDDEN',
    `This workspace is local only, but ${what} runs on another machine. Choose a local one.`,
  );
}
