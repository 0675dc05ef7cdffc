export interface Span {
  start: number;
  end: number;
}

/** Ends of sentences: Latin and Arabic punctuation before white space, CJK punctuation anywhere, blank lines. */
const SENTENCE_END =
  /[.!?؟۔…]+["'”’»)\]]*(?:\s*\[\d+\])*(?=\s)|[。！？｡]+[」』”）]*(?:\s*\[\d+\])*|\n\s*\n|\n(?=\s*(?:[-*•|#]|\d+[.)]))/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|etc|vs|cf|al|fig|eq|no|nr|dr|mr|mrs|ms|prof|st|vol|pp|approx|bzw|z\.B|ca)\.$/iu;

/** Sentences of `text` as [start, end) without outer white space; together they hold everything but white space. */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (match[0].startsWith('.') && ABBREVIATION.test(text.slice(Math.max(start, end - 12), end))) continue;
    pushTrimmed(spans, text, start, end);
    start = end;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

export function pushTrimmed(spans: Span[], text: string, start: number, end: number): void {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  if (to > from) spans.push({ start: from, end: to });
}
