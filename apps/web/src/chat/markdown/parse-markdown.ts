import { Lexer, Marked, type Token, type TokenizerAndRendererExtension } from 'marked';
import remend from 'remend';

export type { Token, Tokens } from 'marked';

/** `$$…$$` and `\[…\]` as a block, `\(…\)` and `$…$` in a line. A dollar before a digit is money. */
const mathBlock: TokenizerAndRendererExtension = {
  name: 'mathBlock',
  level: 'block',
  start: (source) => source.search(/\$\$|\\\[/),
  tokenizer(source) {
    const close = source.startsWith('$$') ? '$$' : source.startsWith('\\[') ? '\\]' : null;
    const end = close === null ? -1 : source.indexOf(close, 2);
    if (end < 0) return undefined;
    return { type: 'mathBlock', raw: source.slice(0, end + 2), text: source.slice(2, end).trim() };
  },
};
const mathInline: TokenizerAndRendererExtension = {
  name: 'mathInline',
  level: 'inline',
  start: (source) => source.search(/\$|\\\(/),
  tokenizer(source) {
    const match = /^\\\(([^\n]{1,500}?)\\\)|^\$(?![\s\d$])([^$\n]{1,200}?)(?<![\s\\])\$(?!\d)/.exec(source);
    if (!match) return undefined;
    return { type: 'mathInline', raw: match[0], text: (match[1] ?? match[2] ?? '').trim() };
  },
};

const marked = new Marked({ gfm: true, extensions: [mathBlock, mathInline] });

/**
 * Parses Markdown to tokens. Nothing becomes HTML here: the renderer shows tokens as elements, and HTML in the text as
 * text.
 */
export function parseMarkdown(text: string): Token[] {
  return new Lexer(marked.defaults).lex(text);
}

/**
 * Parses a text that grows. Only the last block can still change, so the blocks before it are kept and not parsed again:
 * a long answer takes no longer per word than a short one. An unfinished end such as `**bol` is closed, so that it
 * doesn't flicker.
 */
export class GrowingMarkdown {
  #doneText = '';
  #done: Token[] = [];

  parse(source: string): Token[] {
    const text = source.replace(/\r\n?/g, '\n');
    if (!text.startsWith(this.#doneText)) {
      this.#doneText = '';
      this.#done = [];
    }
    const rest = text.slice(this.#doneText.length);
    const open = parseMarkdown(rest);
    const last = open.findLastIndex(({ type }) => type !== 'space');
    const finished = open.slice(0, Math.max(last, 0));
    const length = finished.reduce((sum, { raw }) => sum + raw.length, 0);
    this.#done = [...this.#done, ...finished];
    this.#doneText += rest.slice(0, length);
    return [...this.#done, ...parseMarkdown(remend(rest.slice(length), { links: false, images: false }))];
  }
}
