import { squeezeText } from './clean-text.ts';
import type { PdfBlock } from './pdf-paragraphs.ts';

/** Titles that programs write: their own name, the file name, a placeholder. */
const PROGRAM_TITLE =
  /^(?:microsoft \w+ - |untitled|ohne titel|sans titre|\(?anonymous\)?$|unspecified|powerpoint presentation|presentation\d*$|document\d*$|dokument\d*$|slide \d+$|title$|layout \d+$|print|scan|img_|file:|https?:)|\.(?:docx?|pptx?|xlsx?|odt|indd|tex|dvi|qxd|pdf|p65|html?|ps|eps|ai)$/i;
const MIN_WORD = 4;
const HEAD_LENGTH = 8000;

/**
 * Checks whether the title in the metadata is the title of this text: written by a person, and with at least one of its
 * words on the first pages.
 */
export function isOwnTitle(title: string, firstPages: string): boolean {
  if (PROGRAM_TITLE.test(title.trim()) || !/\p{L}{2}/u.test(title)) return false;
  const head = firstPages.slice(0, HEAD_LENGTH).toLowerCase();
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => word.length >= MIN_WORD || !/^[a-z0-9]+$/.test(word));
  return head.trim() === '' || telling.length === 0 || telling.some((word) => head.includes(word));
}

/** Returns the text in the largest letters of the first page, if they are larger than the others. */
export function findTitle(page: readonly PdfBlock[], bodySize: number): string | undefined {
  const candidates = page.filter(
    ({ text, lineCount, cells, first }) =>
      cells === undefined &&
      lineCount <= 4 &&
      text.length <= 300 &&
      /\p{L}{2}/u.test(text) &&
      first.size > bodySize * 1.14,
  );
  const largest = Math.max(0, ...candidates.map(({ first }) => first.size));
  const title = candidates.find(({ first }) => first.size > largest * 0.97);
  return title && squeezeText(title.text);
}
