import { numberWordValue } from '../text/number-words.ts';
import { unitOf } from '../text/units.ts';
import { INTRODUCTION_WORDS, NUMBERED_THINGS, VARIABLE_NAMES } from './marker-words.ts';
import type { MarkerForm } from './read-marker.ts';

/** Characters before and after a form that decide whether it is a marker. */
export const CONTEXT_BEFORE = 48;
export const CONTEXT_AFTER = 8;

const LINK_TARGET = /^\s?\(\s?(?:[a-z][a-z0-9+.-]*:|www|\/|#)/i;
// bounded-regex: matched text has at most CONTEXT_BEFORE characters
const LINE_START = /(?:^|\n)[\s>*+\d.)-]*$/;
// bounded-regex: matched text has at most CONTEXT_BEFORE characters
const ATTACHED = /([\p{L}\p{M}\p{N}_$.]+)$/u;
// bounded-regex: matched text has at most CONTEXT_BEFORE characters
const LONG_WORD = /(\p{L}{3,})$/u;
// bounded-regex: matched text has at most CONTEXT_BEFORE characters
const LAST_WORD = /([\p{L}\p{M}\p{N}]+)[.]?$/u;
/** Units of areas and volumes, and seconds. */
const POWER_UNITS = new Set(['mm', 'cm', 'm', 'km', 'mi', 'ft', 'in', 's']);
const FUNCTIONS = new Set(['sin', 'cos', 'tan', 'log', 'exp', 'max', 'min', 'mol', 'hz']);

/** The form is a citation marker where it stands, not an array, an index, a link, a formula or a label. */
export function isMarker(form: MarkerForm, before: string, after: string): boolean {
  if (/[<&\\$_^=]$/.test(before) || after.startsWith('(') || LINK_TARGET.test(after)) return false;
  if (LINE_START.test(before) && /^\s?:/.test(after)) return false;
  switch (form.shape) {
    case 'bracket':
      return form.isLabeled || !isCode(form, before, after);
    case 'parenthesis':
      return form.isLabeled || isAtSentenceEnd(before, after);
    case 'word':
      return isIntroduced(before);
    case 'superscript':
      return isAfterText(before, form.numbers);
  }
}

/** The form may be a marker there, whatever follows. */
export function mayBeMarker(form: MarkerForm, before: string): boolean {
  return form.shape === 'bracket' || form.isLabeled || isMarker(form, before, '');
}

/** An array, an index or a character class. */
function isCode({ numbers, isRange }: MarkerForm, before: string, after: string): boolean {
  if (/^[+*{?]/.test(after) || /^\[(?:0|\D)/.test(after) || /(?:["']\s?:|=)\s?$/.test(before)) return true;
  if (
    numbers.length > 1 &&
    !isRange &&
    (/(?:^|[=:([{,])\s*$/.test(before) || VARIABLE_NAMES.has(lastWord(before.trimEnd())))
  )
    return true;
  const attached = ATTACHED.exec(before)?.[1];
  if (attached === undefined || !/[\p{L}\p{N}_$]$/u.test(before)) return false;
  const isIdentifier =
    /^\p{L}$|[_$]|\p{Ll}\p{Lu}|\p{L}\p{N}|\p{N}\p{L}|\p{L}\.\p{L}/u.test(attached) ||
    VARIABLE_NAMES.has(attached.toLowerCase());
  return isIdentifier || /^(?:\s?[=+*]|\.\p{Ll})/u.test(after);
}

/** `(1)` right after the last word of a sentence, or after its stop. */
function isAtSentenceEnd(before: string, after: string): boolean {
  const isAfterStop = /[.!?。！？]["”»’)]?\s?$/.test(before);
  const isAfterWord = /(?:[\p{L}\p{M}%°]["”»’)]?\s)$/u.test(before);
  if (!isAfterStop && !isAfterWord) return false;
  // "Do this. (2) Then that." has labels, "It is so.(2) Then" doesn't.
  const isAttached = isAfterStop && !/\s$/.test(before) && /^\s/.test(after);
  const isFinal = isAttached || /^(?:[.!?。！？](?!\d)|\s*$|\s*\n)/.test(after);
  const word = lastWord(before.trimEnd());
  return isFinal && !NUMBERED_THINGS.has(word) && numberWordValue(word) === undefined;
}

/** "Source 1" at the start of a clause or after "to", "see" and the like, so that "power source 1" stays. */
function isIntroduced(before: string): boolean {
  const text = before.trimEnd();
  if (text === '' || before.endsWith('\n') || /[.,;:!?([{"“„«»*—–|>。，；：（-]$/.test(text)) return true;
  return (
    INTRODUCTION_WORDS.has(lastWord(text)) ||
    (before === text && /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]$/u.test(text))
  );
}

/** Directly after a word or punctuation, and not an exponent as in m² and x². */
function isAfterText(before: string, numbers: readonly number[]): boolean {
  if (/[.,;:!?"”»’)%。，]$/.test(before) && !/\d\)?$/.test(before.slice(-3, -1))) return true;
  const word = LONG_WORD.exec(before)?.[1]?.toLowerCase();
  if (word === undefined || FUNCTIONS.has(word)) return false;
  const isPower = numbers.some((n) => n === 2 || n === 3) && POWER_UNITS.has(unitOf(word) ?? '');
  return !isPower;
}

function lastWord(text: string): string {
  return LAST_WORD.exec(text)?.[1]?.toLowerCase() ?? '';
}
