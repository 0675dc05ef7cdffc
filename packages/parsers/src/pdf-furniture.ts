import type { PdfLine } from './pdf-lines.ts';

function patternOf(line: PdfLine): string {
  return line.cells.join(' ').replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();
}

const PAGE_NUMBER =
  /^(?:(?:page|seite|página|стр\.?) ?)?[-–—| ]{0,20}(?:#|[ivxlc]{1,6})(?: ?(?:\/|of|von|de) ?#)?[-–—| ]{0,20}$/i;

/**
 * Drops page numbers and running heads and feet, which would split sentences at every page. Keeps the first occurrence
 * of a running line, which may be the only place with the title.
 */
export function dropFurniture(pages: PdfLine[][]): PdfLine[][] {
  if (pages.length < 3) return pages;
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const pattern of new Set(lines.filter((line) => line.isMarginal).map(patternOf))) {
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    }
  }
  const enough = Math.max(3, pages.length * 0.25);
  const seen = new Set<string>();
  return pages.map((lines) =>
    lines.filter((line) => {
      if (!line.isMarginal) return true;
      const pattern = patternOf(line);
      if (PAGE_NUMBER.test(pattern) && (counts.get(pattern) ?? 0) >= 2) return false;
      if ((counts.get(pattern) ?? 0) < enough || !seen.has(pattern)) {
        seen.add(pattern);
        return true;
      }
      return false;
    }),
  );
}
