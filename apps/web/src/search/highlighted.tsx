import type { ReactNode } from 'react';

interface Range {
  start: number;
  end: number;
}

/** A text with its matched words marked. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const parts: ReactNode[] = [];
  let last = 0;
  for (const { start, end } of ranges) {
    if (start < last || end > text.length) continue;
    parts.push(
      text.slice(last, start),
      <mark key={start} className="rounded-sm bg-mark text-ink">
        {text.slice(start, end)}
      </mark>,
    );
    last = end;
  }
  parts.push(text.slice(last));
  return parts;
}
