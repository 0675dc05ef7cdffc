import { normalizeText } from '@lorebox/contract/normalize-text';

const NEEDS_CLEANING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matches control characters
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2069\ufeff\ufff9-\ufffb]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: old line ends are control characters
const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
// Most cells and lines are plain ASCII and need no cleaning.
const PLAIN = /^[\t\n -~]*$/;
const SQUEEZED = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
const TERMINAL_COLOURS = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;
// Zero-width joiners are kept because Persian, Indic scripts and emoji need them.
const DROPPED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matches control characters
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * Normalizes text: `\n` line ends, NFC, plain spaces, no control characters, soft hyphens or bidi controls, no lone
 * surrogates.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  let clean = text;
  if (NEEDS_CLEANING.test(clean)) {
    if (clean.includes('\u001b')) clean = clean.replace(TERMINAL_COLOURS, '');
    clean = clean.replace(LINE_ENDS, '\n').replace(SPACES, ' ').replace(DROPPED, '');
  }
  return normalizeText(clean.toWellFormed(), 'NFC');
}

/** Cleans text and collapses whitespace to single spaces. */
export function squeezeText(text: string): string {
  if (SQUEEZED.test(text)) return text;
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
