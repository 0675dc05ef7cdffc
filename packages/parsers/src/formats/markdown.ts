import MarkdownIt, { type Token } from 'markdown-it';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { readFrontMatter } from '../front-matter.ts';
import { addHtml } from './html.ts';
import { addParagraphs } from './text.ts';

/** Nesting of quotes, lists and items. markdown-it ignores deeper levels. */
const MAX_NESTING = 100;

/**
 * Parses only blocks, with CommonMark rules and GFM tables. Inline markup stays unchanged. Link definitions and tags
 * remain text, because addresses are text too and the content between tags is Markdown to its author.
 */
const markdown = new MarkdownIt('commonmark', { maxNesting: MAX_NESTING });
markdown.enable('table');
markdown.block.ruler.disable(['reference', 'html_block']);
markdown.core.ruler.enableOnly(['block']);

export function addMarkdown(document: DocumentBuilder, text: string): void {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const body = withoutComments(document, lines.slice(readFrontMatter(document, lines)));
  const tokens = markdown.parse(body.join('\n'), {});
  // Content that is nested too deeply would be missing.
  const isCut = tokens.some(({ level }) => level >= MAX_NESTING - 1);
  if (isCut) addParagraphs(document, body.join('\n'));
  else new MarkdownWriter(document, body).write(tokens);
}

const FENCE = /^\s*(`{3,}|~{3,})/;

/** Removes HTML comments outside code. Keeps the number of lines. */
function withoutComments(document: DocumentBuilder, lines: readonly string[]): string[] {
  let fence = '';
  let isOpen = false;
  let count = 0;
  const kept = lines.map((line) => {
    const mark = isOpen ? undefined : FENCE.exec(line)?.[1];
    if (mark && fence === '') fence = mark;
    else if (mark?.startsWith(fence)) fence = '';
    if (fence !== '' || mark) return line;
    let text = '';
    let at = 0;
    while (at < line.length) {
      const next = isOpen ? line.indexOf('-->', at) : line.indexOf('<!--', at);
      const isCode = !isOpen && next >= 0 && (line.slice(0, next).split('`').length - 1) % 2 === 1;
      if (next < 0 || isCode) {
        text += isOpen ? '' : line.slice(at);
        break;
      }
      text += isOpen ? '' : line.slice(at, next);
      at = next + (isOpen ? 3 : 4);
      isOpen = !isOpen;
      if (isOpen) count++;
    }
    return text;
  });
  // A comment that never ends is text.
  if (isOpen) return [...lines];
  if (count > 0) document.warn(`${count === 1 ? '1 HTML comment was' : `${count} HTML comments were`} left out.`);
  return kept;
}

/** Marks of quotes and list items before a table row inside them. */
const CONTAINER_MARKS = /^(?:[>\s]|[-*+]\s|\d{1,9}[.)]\s)*/;
const UNESCAPED_BAR = /(?<!\\)\|/;

/** Converts markdown-it tokens to blocks. */
class MarkdownWriter {
  private readonly document: DocumentBuilder;
  private readonly lines: readonly string[];
  private quotes = 0;
  /** Mark of the list item whose first paragraph is next. */
  private mark: string | undefined;
  private row: { line: string; cells: string[] } | undefined;

  constructor(document: DocumentBuilder, lines: readonly string[]) {
    this.document = document;
    this.lines = lines;
  }

  write(tokens: readonly Token[]): void {
    for (const [i, token] of tokens.entries()) {
      if (token.type === 'inline') this.addText(token.content, tokens[i - 1]);
      else if (token.type === 'fence' || token.type === 'code_block') this.document.add('code', token.content);
      else if (token.type === 'blockquote_open') this.quotes++;
      else if (token.type === 'blockquote_close') this.quotes--;
      else if (token.type === 'list_item_open') this.mark = `${token.info}${token.markup} `;
      else if (token.type === 'list_item_close') this.mark = undefined;
      else if (token.type === 'tr_open') this.row = { line: this.lines[token.map?.[0] ?? -1] ?? '', cells: [] };
      else if (token.type === 'tr_close') this.addRow();
    }
  }

  private addText(content: string, container: Token | undefined): void {
    if (this.row) this.row.cells.push(content);
    else if (/^<table[\s>]/i.test(content) && content.includes('</table>')) addHtml(this.document, content);
    else if (container?.type === 'heading_open') this.addHeading(content, Number(container.tag.slice(1)));
    else if (this.mark !== undefined) this.document.add('list-item', this.mark + content);
    else this.document.add(this.quotes > 0 ? 'quote' : 'paragraph', content);
    this.mark = undefined;
  }

  private addHeading(content: string, level: number): void {
    this.document.add('heading', content.replaceAll('\n', ' '), { level });
  }

  private addRow(): void {
    const { line, cells } = this.row ?? { line: '', cells: [] };
    // GFM drops cells beyond those of the head. Here they are kept as text.
    const written = line.replace(CONTAINER_MARKS, '').split(UNESCAPED_BAR);
    const extra = written.slice(written[0] === '' ? cells.length + 1 : cells.length);
    this.document.addRow([...cells, ...extra.map((cell) => cell.replaceAll('\\|', '|'))]);
    this.row = undefined;
  }
}

export const markdownParser = defineFormat({
  formats: ['markdown'],
  extensions: ['md', 'markdown', 'mdown', 'mkd', 'mdx', 'qmd', 'rmd'],
  parse(_bytes, context) {
    addMarkdown(context.document, context.readText());
  },
});
