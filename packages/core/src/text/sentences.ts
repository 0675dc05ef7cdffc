export interface Span {
  start: number;
  end: number;
}

const STOPS = '.!?؟۔…';
const STOP_CLOSERS = '"\'”’»)]';
const CJK_STOPS = '。！？｡';
const CJK_CLOSERS = '」』”）';
/** Candidates for the end of a sentence. Everything else is skipped by the regex engine. */
const CANDIDATE = /[.!?؟۔…。！？｡\n]/g;
const SPACE = /\s/;
const LIST_MARK = /[-*•|#]/;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|etc|vs|cf|al|fig|eq|no|nr|dr|mr|mrs|ms|prof|st|vol|pp|approx|bzw|z\.B|ca)\.$/iu;
const MAX_ABBREVIATION_LENGTH = 12;

/** Sentences of `text` as [start, end) without surrounding whitespace. Together they contain everything else. */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let at = nextCandidate(text, 0); at < text.length; ) {
    const { end, next } = text[at] === '\n' ? breakAt(text, at) : stopAt(text, at);
    if (end !== null && !isAbbreviation(text, Math.max(start, end - MAX_ABBREVIATION_LENGTH), at, end)) {
      pushTrimmed(spans, text, start, end);
      start = end;
    }
    at = nextCandidate(text, next);
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

function nextCandidate(text: string, from: number): number {
  CANDIDATE.lastIndex = from;
  return CANDIDATE.exec(text)?.index ?? text.length;
}

function isAbbreviation(text: string, from: number, at: number, end: number): boolean {
  return text[at] === '.' && ABBREVIATION.test(text.slice(from, end));
}

interface Ending {
  /** Null if no sentence ends here. */
  end: number | null;
  /** Where to continue the search. Nothing before it can end a sentence. */
  next: number;
}

/** Latin and Arabic punctuation before whitespace, and CJK punctuation anywhere, with closing quotes and `[n]`. */
function stopAt(text: string, at: number): Ending {
  const isCjk = CJK_STOPS.includes(text[at] as string);
  const afterStops = skip(text, at, isCjk ? CJK_STOPS : STOPS);
  let end = skip(text, afterStops, isCjk ? CJK_CLOSERS : STOP_CLOSERS);
  if (isCjk) {
    for (let next = markerEnd(text, end); next !== null; next = markerEnd(text, end)) end = next;
    return { end, next: end };
  }
  let last: number | null = null;
  for (let next: number | null = end; next !== null; next = markerEnd(text, next)) {
    if (next < text.length && SPACE.test(text[next] as string)) last = next;
  }
  return { end: last, next: last ?? afterStops };
}

/** A blank line, or the end of a line before a list item, a table row or a heading. */
function breakAt(text: string, at: number): Ending {
  const after = skipSpace(text, at + 1);
  const lastBreak = text.lastIndexOf('\n', after - 1);
  if (lastBreak > at) return { end: lastBreak + 1, next: lastBreak + 1 };
  const digits = skipDigits(text, after);
  const isItem = LIST_MARK.test(text[after] ?? '') || (digits > after && /[.)]/.test(text[digits] ?? ''));
  return { end: isItem ? at + 1 : null, next: at + 1 };
}

/** End of a marker such as ` [12]` that starts at `at`; null if there is none. */
function markerEnd(text: string, at: number): number | null {
  const open = skipSpace(text, at);
  if (text[open] !== '[') return null;
  const close = skipDigits(text, open + 1);
  return close > open + 1 && text[close] === ']' ? close + 1 : null;
}

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text[at] as string)) at += 1;
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text[at] as string)) at += 1;
  return at;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at += 1;
  return at;
}

export function pushTrimmed(spans: Span[], text: string, start: number, end: number): void {
  let from = start;
  let to = end;
  while (from < to && SPACE.test(text[from] ?? '')) from += 1;
  while (to > from && SPACE.test(text[to - 1] ?? '')) to -= 1;
  if (to > from) spans.push({ start: from, end: to });
}
