import type { DocumentBuilder } from './document-builder.ts';

/** Front matter between `---` lines: its flat `key: value` lines become metadata, title and all. Returns how many lines it has. */
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
  // It is text of the author's as well: titles often stand nowhere else.
  document.add('paragraph', lines.slice(1, end).join('\n'));
  return end + 1;
}
