import { type BlockKind, type DocumentBuilder, joinCells } from '../document-builder.ts';
import type { FormatParser } from '../format-parser.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t](.*))?$/;
const CLOSING_MARKS = /(?:^|(?<=[ \t]))#+$/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\S/;
const RULE_CELL = /^:?-+:?$/;

/** The line under the head of a table: `|---|:--:|`. */
function isTableRule(line: string): boolean {
  if (/^ {4}/.test(line)) return false;
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').every((cell) => RULE_CELL.test(cell.trim()));
}

/** The text of a heading without the marks that may close it. */
function headingText(rest: string): string {
  return rest.trim().replace(CLOSING_MARKS, '').trim();
}

function isClosingFence(line: string, fence: string): boolean {
  if (/^ {4}/.test(line)) return false;
  const marks = line.trim();
  return marks.length >= fence.length && marks === fence.charAt(0).repeat(marks.length);
}

function splitCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|'));
}

/** Front matter between `---` lines: its flat `key: value` lines become metadata, title and all. */
function readFrontMatter(document: DocumentBuilder, lines: string[]): number {
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
    if (pair) key = pair[1] as string;
    const before = document.metadata[key];
    if (key && value) document.describe(key, item && before ? `${before}, ${value}` : value);
  }
  if (document.metadata.title) document.title = document.metadata.title;
  // It is text of the author's as well: titles often stand nowhere else.
  document.add('paragraph', lines.slice(1, end).join('\n'));
  return end + 1;
}

/** One line at a time; a paragraph, quote or list item goes on until something else starts. */
export function addMarkdown(document: DocumentBuilder, text: string): void {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let open: { kind: BlockKind; lines: string[] } | undefined;
  const flush = () => {
    if (open) document.add(open.kind, open.lines.join('\n'));
    open = undefined;
  };
  let inTable = false;
  for (let index = readFrontMatter(document, lines); index < lines.length; index++) {
    const line = lines[index] as string;
    const fence = FENCE.exec(line)?.[1];
    if (fence) {
      flush();
      const code: string[] = [];
      for (index++; index < lines.length && !isClosingFence(lines[index] as string, fence); index++)
        code.push(lines[index] as string);
      document.add('code', code.join('\n'));
      continue;
    }
    if (line.trim() === '') {
      flush();
      inTable = false;
      continue;
    }
    const next = lines[index + 1] ?? '';
    const heading = HEADING.exec(line);
    if (heading) {
      flush();
      document.add('heading', headingText(heading[2] ?? ''), { level: heading[1]?.length ?? 1 });
    } else if (!inTable && line.includes('|') && next.includes('-') && next.includes('|') && isTableRule(next)) {
      flush();
      inTable = true;
      document.addRow(splitCells(line));
      index++;
    } else if (inTable && line.includes('|')) {
      document.add('table-row', joinCells(splitCells(line)));
    } else if (open?.kind === 'paragraph' && /^ {0,3}(=+|-+)[ \t]*$/.test(line)) {
      document.add('heading', open.lines.join(' '), { level: line.includes('=') ? 1 : 2 });
      open = undefined;
    } else if (/^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(line)) {
      flush();
    } else if (LIST_ITEM.test(line)) {
      flush();
      open = { kind: 'list-item', lines: [line] };
    } else if (/^ {0,3}>/.test(line)) {
      if (open?.kind !== 'quote') {
        flush();
        open = { kind: 'quote', lines: [] };
      }
      open.lines.push(line.replace(/^ {0,3}(?:> ?)+/, ''));
    } else {
      inTable = false;
      open ??= { kind: 'paragraph', lines: [] };
      open.lines.push(line);
    }
  }
  flush();
}

export const markdownParser: FormatParser = {
  formats: ['markdown'],
  parse(_bytes, context) {
    addMarkdown(context.document, context.readText());
  },
};
