import { AppError } from '@lorebox/contract/errors';
import { normalizeText } from '@lorebox/contract/normalize-text';
import type { PasswordHasher } from '@lorebox/ports/runtime';

const MIN_DISTINCT_CHARACTERS = 5;

/**
 * Rejects easily guessed passwords: common ones, the username, either with digits or punctuation around it, and few
 * distinct characters. The minimum length is part of the contract.
 * @throws AppError BAD_REQUEST with the reason.
 */
export async function requireStrongPassword(
  passwords: Pick<PasswordHasher, 'isCommon'>,
  password: string,
  username: string,
): Promise<void> {
  const folded = fold(password);
  const word = trimToWord(folded);
  if (new Set(folded).size < MIN_DISTINCT_CHARACTERS)
    throw new AppError('BAD_REQUEST', 'password: Too few different characters. Choose another one.');
  if (word !== '' && word === trimToWord(fold(username)))
    throw new AppError('BAD_REQUEST', 'password: Must be different from the username. Choose another one.');
  if ((await passwords.isCommon(folded)) || (word !== '' && (await passwords.isCommon(word))))
    throw new AppError('BAD_REQUEST', 'password: This password is too common. Choose another one.');
}

const fold = (text: string) => normalizeText(text, 'NFKC').toLowerCase();

/** For example "!sunshine2024" becomes "sunshine". */
function trimToWord(text: string): string {
  const characters = [...text];
  const isLetter = (character: string) => /\p{L}/u.test(character);
  const start = characters.findIndex(isLetter);
  const end = characters.findLastIndex(isLetter);
  return start < 0 ? '' : characters.slice(start, end + 1).join('');
}
