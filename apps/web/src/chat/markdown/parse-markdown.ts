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
 * text. With `isPartial`, an unfinished end such as `**bol` is closed, so that it doesn't flicker while it streams.
 */
export function parseMarkdown(text: string, isPartial: boolean): Token[] {
  const source = isPartial ? remend(text, { links: false, images: false }) : text;
  return new Lexer(marked.defaults).lex(source);
}
