import type { DocumentBuilder } from './document-builder.ts';

/**
 * Reads front matter between `---` lines: its flat `key: value` lines become metadata, including the title. Returns the
 * number of lines.
 */
export function readFrontMatter(document: DocumentBuilder, lines: readonly string[]): number {
  if (!/^---\s*$/.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, index) => index > 0 && index < 200 && /^(---|\.\.\.)\s*$/.test(line));
  if (end < 0 || !lines.slice(1, end).some((line) => /^[\w-]+\s*:/.test(line))) return 0;
  let key = '';
  for (const line of lines.slice(1, end)) {
    const pair = /^([\w-]{1,60})\s*:(.*)$/.exec(line);
    const item = /^\s*-\s(.*)$/.exec(line);
    const value = (pair?.[2] ?? item?.[1] ?? '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
      .replace(/^\[(.*)\]$/, '$1');
    key = pair?.[1] ?? key;
    const before = document.metadata[key];
    if (key && value) document.describe(key, item && before ? `${before}, ${value}` : value);
  }
  if (document.metadata.title) document.title = document.metadata.title;
  // Also add it as text, because titles often occur nowhere else.
  document.add('paragraph', lines.slice(1, end).join('\n'));
  return end + 1;
}
