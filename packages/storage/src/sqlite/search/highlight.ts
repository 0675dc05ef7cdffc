import { queryTerms } from './segment.ts';

/** Where words of `text` begin like words of the query: near enough to the stemmer for the eye. */
export function highlight(query: string, text: string): { start: number; end: number }[] {
  const stems = queryTerms(query)
    .flatMap(({ text: term }) => term.split(' '))
    .map(stemOf);
  if (stems.length === 0) return [];
  const pattern = new RegExp(
    stems
      .map((stem) => (/[\p{L}\p{N}]/u.test(stem[0] ?? '') ? stem : ''))
      .filter(Boolean)
      .map(boundary)
      .join('|'),
    'giu',
  );
  const ranges: { start: number; end: number }[] = [];
  for (const match of text.matchAll(pattern)) {
    const last = ranges.at(-1);
    const end = match.index + match[0].length;
    if (last && match.index <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start: match.index, end });
    if (ranges.length >= 200) break;
  }
  return ranges;
}

function stemOf(term: string): string {
  return term.length > 4 ? term.replace(/(?:ations?|ings?|ies|ed|es|ly|s|y|e)$/u, '') : term;
}

const SPACED_WORD = /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{N}\p{M}]+$/u;

function boundary(stem: string): string {
  return SPACED_WORD.test(stem) ? `(?<![\\p{L}\\p{N}])${stem}[\\p{L}\\p{N}\\p{M}]*` : stem;
}
