import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { toLetters, toRoman } from '../list-numbers.ts';

const HEADING = /^(={1,6})\s+(\S.*)$/;
const ATTRIBUTE = /^:([\w-]{1,60}):(.*)$/;
const LIST_ITEM = /^\s*(?:\*{1,5}|-|\.{1,5}|\d{1,4}\.)\s+/;
const NUMBERS = [
  String,
  toLetters,
  toRoman,
  (value: number) => toLetters(value).toUpperCase(),
  (value: number) => toRoman(value).toUpperCase(),
];
const TERM = '::';
/** Spans and styles before the bar of a cell: `2+a|`. */
const CELL_FORMAT = /(?:^|(?<=\s))(?:\d{1,3}\+|\.\d{1,3}\+)?[aehlmsv<>^.]{0,3}$/;
/** Stands for a bar that is part of a cell. */
const ESCAPED_BAR = '\ue000';
const DELIMITER = /^(?:-{4,}|\.{4,}|\+{4,}|={4,}|\*{4,}|_{4,}|\/{4,}|--)$/;

/** Removes the marks of links and emphasis. */
function cleanInline(text: string): string {
  return text
    .replace(
      /(?:link:)?((?:https?|ftp|mailto):[^\s[\]]{1,500})\[([^\]]{0,300})\]/g,
      (_, target: string, shown: string) => (shown ? `${shown} (${target.replace(/^mailto:/, '')})` : target),
    )
    .replace(/link:([^\s[\]]{1,300})\[([^\]]{0,300})\]/g, '$2 ($1)')
    .replace(/(?:image|icon)::?[^\s[\]]{1,300}\[([^\],]{0,300})[^\]]{0,300}\]/g, '$1')
    .replace(/<<([^,>]{1,200}),([^>]{1,300})>>/g, '$2')
    .replace(/<<([^>]{1,200})>>/g, '[$1]')
    .replace(/footnote:\w{0,40}\[([^\]]{1,500})\]/g, ' [$1]')
    .replace(/(?<!\w)([*_`#])([^\s*_`#](?:[^\n]{0,300}?\S)?)\1(?!\w)/g, '$2')
    .replace(/\^([^\s^]{1,40})\^/g, '^$1')
    .replace(/~([^\s~]{1,40})~/g, '$1');
}

class AsciidocReader {
  private readonly document: DocumentBuilder;
  private readonly lines: readonly string[];
  private readonly attributes = new Map<string, string>();
  private paragraph: string[] = [];
  private isCode = false;
  /** Numbers of the last item of a list by its depth. */
  private counts: number[] = [];
  private start = 1;

  constructor(document: DocumentBuilder, lines: readonly string[]) {
    this.document = document;
    this.lines = lines;
  }

  read(): void {
    for (let at = 0; at < this.lines.length; ) at = this.readAt(at);
    this.flush();
  }

  private readAt(at: number): number {
    const line = this.lines[at] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') this.flush();
    else if (/^[|,:!]===/.test(line)) return this.readTable(at);
    else if (DELIMITER.test(line)) return this.readBlock(at);
    else if (/^\/\//.test(line)) this.document.warn('Comments were left out.');
    else if (heading) {
      this.flush();
      this.counts = [];
      this.document.add('heading', this.clean(heading[2] ?? ''), { level: heading[1]?.length ?? 1 });
    } else if (ATTRIBUTE.test(line) && this.paragraph.length === 0) this.setAttribute(line);
    else if (/^\[.*\]$/.test(line)) {
      this.flush();
      this.isCode = /^\[(?:source|listing)/.test(line);
      this.start = Number(/\bstart="?(\d{1,6})/.exec(line)?.[1] ?? 1);
    } else if (/^\.[^\s.]/.test(line)) {
      this.flush();
      this.document.add('paragraph', this.clean(line.slice(1)));
    } else {
      const term = splitTerm(line);
      if (LIST_ITEM.test(line) || term) this.flush();
      if (line !== '+') this.paragraph.push(term ?? line);
    }
    return at + 1;
  }

  private clean(text: string): string {
    const filled = text.replace(/\{([\w-]{1,60})\}/g, (whole, name: string) => this.attributes.get(name) ?? whole);
    return cleanInline(filled);
  }

  private setAttribute(line: string): void {
    const [, name = '', raw = ''] = ATTRIBUTE.exec(line) ?? [];
    const value = raw.trim();
    this.attributes.set(name, value);
    if (/^(?:author|email|revdate|description|keywords|revnumber)$/.test(name)) this.document.describe(name, value);
    // Other attributes may be used in files that include this one.
    else if (value && !/^(?:toc|icons|doctype|sectnums|source-highlighter|imagesdir|experimental)/.test(name))
      this.document.add('paragraph', `${name}: ${value}`);
  }

  private flush(): void {
    const text = this.paragraph.map((line) => line.trim().replace(/ \+$/, '')).join('\n');
    const isItem = LIST_ITEM.test(this.paragraph[0] ?? '');
    this.paragraph = [];
    if (this.isCode && text) this.document.add('code', text);
    else this.document.add(isItem ? 'list-item' : 'paragraph', this.clean(this.count(text)));
    if (text) this.isCode = false;
  }

  /** Replaces the dots of a counted item by its number. */
  private count(text: string): string {
    const dots = /^(\.{1,5})\s+/.exec(text);
    if (!dots) {
      if (text !== '' && !LIST_ITEM.test(text)) this.counts = [];
      return text;
    }
    const depth = dots[1]?.length ?? 1;
    this.counts.length = Math.min(this.counts.length, depth);
    const number = (this.counts[depth - 1] ?? this.start - 1) + 1;
    this.counts[depth - 1] = number;
    this.start = 1;
    return `${(NUMBERS[depth - 1] ?? String)(number)}. ${text.slice(dots[0].length)}`;
  }

  private readBlock(at: number): number {
    this.flush();
    const mark = this.lines[at] ?? '';
    const close = this.lines.indexOf(mark, at + 1);
    const end = close < 0 ? this.lines.length : close;
    const body = this.lines.slice(at + 1, end);
    if (/^[-.+]{4}/.test(mark) || this.isCode) this.document.add('code', body.join('\n'));
    else if (mark.startsWith('////')) this.document.warn('Comments were left out.');
    else if (mark.startsWith('____')) this.document.add('quote', this.clean(body.join('\n')));
    else new AsciidocReader(this.document, body).read();
    this.isCode = false;
    return end + 1;
  }

  /** The first line of cells, or the number of columns, tells how many cells a row has. */
  private readTable(at: number): number {
    this.flush();
    const mark = this.lines[at] ?? '';
    const close = this.lines.indexOf(mark, at + 1);
    const end = close < 0 ? this.lines.length : close;
    const cells: string[] = [];
    let width = columnsOf(this.lines[at - 1] ?? '');
    for (const line of this.lines.slice(at + 1, end)) {
      const parts = line
        .replaceAll('\\|', ESCAPED_BAR)
        .split('|')
        .map((part, index, all) => (index < all.length - 1 ? part.replace(CELL_FORMAT, '') : part));
      const before = parts.shift()?.trim();
      if (before && cells.length > 0) cells[cells.length - 1] += ` ${before}`;
      cells.push(...parts.map((part) => part.trim().replaceAll(ESCAPED_BAR, '|')));
      if (width === 0 && parts.length > 0) width = parts.length;
    }
    for (let index = 0; index < cells.length; index += Math.max(1, width)) {
      this.document.addRow(cells.slice(index, index + Math.max(1, width)).map((cell) => this.clean(cell)));
    }
    return end + 1;
  }
}

/** A term and its meaning: "Term:: Meaning". */
function splitTerm(line: string): string | undefined {
  const at = line.indexOf(TERM);
  const after = line.slice(at + TERM.length);
  if (at < 1 || at > 200 || (after !== '' && !after.startsWith(' '))) return undefined;
  return `${line.slice(0, at)}: ${after.trim()}`;
}

function columnsOf(options: string): number {
  const columns = /cols\s*=\s*"([^"]{1,200})"/.exec(options)?.[1];
  if (columns === undefined) return 0;
  const repeated = /^(\d{1,3})\*/.exec(columns)?.[1];
  return repeated ? Number(repeated) : columns.split(',').length;
}

export const asciidocParser = defineFormat({
  formats: ['asciidoc'],
  extensions: ['adoc', 'asciidoc'],
  parse(_bytes, { document, readText }) {
    new AsciidocReader(document, readText().replace(/\r\n?/g, '\n').split('\n')).read();
  },
});
