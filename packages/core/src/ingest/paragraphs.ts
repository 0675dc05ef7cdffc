import type { ParsedBlock } from '@lorebox/ports/parser';
import { pushTrimmed, type Span } from '../text/sentences.ts';

/** Blocks of raw text: blank lines separate paragraphs, and lines that start with # are headings. */
export function paragraphsOf(text: string): ParsedBlock[] {
  const spans: Span[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\n[ \t\r]*\n\s*/g)) {
    pushTrimmed(spans, text, start, gap.index);
    start = gap.index + gap[0].length;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans.map((span) => {
    const heading = /^(#{1,6}) [^\n]+$/.exec(text.slice(span.start, Math.min(span.end, span.start + 300)));
    return heading ? { kind: 'heading', level: heading[1]?.length ?? 1, ...span } : { kind: 'paragraph', ...span };
  });
}
