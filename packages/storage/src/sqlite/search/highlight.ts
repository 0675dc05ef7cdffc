import { foldLetters, foldScripts } from './fold.ts';
import { queryTerms } from './query-terms.ts';
import { HAS_UNSPACED, WORD } from './segment.ts';

/** [start, end) in UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

const MAX_RANGES = 200;

/**
 * Returns the words of each text that start like words of the query, which approximates the stemmer well enough for
 * display. Uses a constant pattern and plain comparisons, because a pattern built from the query takes 10 ms per search
 * to compile and run.
 */
export function highlight(query: string, texts: readonly string[]): TextRange[][] {
  const stems = queryTerms(query).flatMap(({ text: term }) => term.split(' ').map(stemOf));
  return texts.map((text) => (stems.length === 0 ? [] : rangesIn(text, stems)));
}

function rangesIn(text: string, stems: readonly string[]): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { index, 0: word } of text.matchAll(WORD)) {
    const folded = foldLetters(foldScripts(word.toLowerCase()));
    if (HAS_UNSPACED.test(folded)) addInside(ranges, folded, index, stems);
    else if (stems.some((stem) => folded.startsWith(stem))) ranges.push({ start: index, end: index + word.length });
    if (ranges.length >= MAX_RANGES) break;
  }
  return ranges;
}

/** Finds character pairs anywhere in a run without spaces. Overlapping pairs become one range. */
function addInside(ranges: TextRange[], run: string, offset: number, stems: readonly string[]): void {
  const found: TextRange[] = [];
  for (const stem of new Set(stems)) {
    for (let at = run.indexOf(stem); at >= 0; at = run.indexOf(stem, at + 1)) {
      found.push({ start: offset + at, end: offset + at + stem.length });
    }
  }
  found.sort((a, b) => a.start - b.start);
  for (const range of found) {
    const last = ranges.at(-1);
    if (last && range.start <= last.end && last.start >= offset) last.end = Math.max(last.end, range.end);
    else ranges.push(range);
  }
}

function stemOf(term: string): string {
  return term.length > 4 ? term.replace(/(?:ations?|ings?|ies|ed|es|ly|s|y|e)$/u, '') : term;
}
