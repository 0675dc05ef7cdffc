import { squeezeText } from './clean-text.ts';
import type { DocumentBuilder } from './document-builder.ts';
import { addHtmlBlock, type HtmlBlock } from './html-block.ts';
import { HtmlTable } from './html-table.ts';
import { MathCollector } from './mathml.ts';
import { appendLowered, appendRaised } from './raised-text.ts';
import { isMarkupRoot, listAttributes, withAttributes } from './xml-attributes.ts';

const PROSE_NAMES =
  /^(p|para|paragraph|text|span|seg|s|li|item|line|l|tspan|emph|body|div|entry|simpara|v|subtitle|cite|desc)$/i;
const HEADING_NAMES = /^(title|head|heading|h[1-6]|article-title|book-title)$/i;
/** Code and data for programs. */
const SKIPPED_NAMES = /^(?:script|style|binary|tex-math)$/i;
const ROWS = /^(?:tr|row)$/i;
const CELLS = /^(?:td|th|entry)$/i;
const TITLE_PARENTS = /^(?:title-group|title-info|info|article-meta)$/i;

interface Open {
  name: string;
  attributes: Record<string, string>;
  /** Text so far, including inline children. Blocks of children if there are no inline children. */
  text: string;
  hasOwnText: boolean;
  hasChildText: boolean;
  blocks: HtmlBlock[];
  /** The table whose row or cell this is. */
  table: HtmlTable | undefined;
}

/** Converts the events of an XML tokenizer to blocks. */
export class XmlReader {
  private readonly document: DocumentBuilder;
  private readonly stack: Open[] = [];
  private isMarkup = false;
  private math: MathCollector | undefined;
  private mathDepth = 0;

  constructor(document: DocumentBuilder) {
    this.document = document;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.stack.length === 0) this.openRoot(name, attributes);
    const parent = this.stack.at(-1);
    let table = parent?.table;
    if (this.math) {
      this.mathDepth++;
      this.math.open(name, attributes);
    } else if (name === 'math') this.math = new MathCollector();
    else if (/^(?:table|tgroup)$/i.test(name)) table = new HtmlTable({ border: '1' });
    else if (ROWS.test(name)) table?.openRow();
    else if (CELLS.test(name)) table?.openCell(false, spansOf(attributes));
    if (this.mathDepth > 0) return;
    this.stack.push({ name, attributes, text: '', hasOwnText: false, hasChildText: false, blocks: [], table });
  }

  private openRoot(name: string, attributes: Record<string, string>): void {
    this.isMarkup = isMarkupRoot(name);
    const state = listAttributes(attributes, this.isMarkup);
    if (state !== '') this.document.add('paragraph', `${name}: ${state}`);
  }

  text(piece: string): void {
    const at = this.stack.at(-1);
    if (this.math) this.math.text(piece);
    else if (at) {
      at.text += piece;
      at.hasOwnText ||= piece.trim() !== '';
    }
  }

  close(): void {
    if (this.mathDepth > 0) {
      this.mathDepth--;
      this.math?.close();
      return;
    }
    const done = this.stack.pop() as Open;
    if (this.math) {
      done.text = this.math.finish();
      done.hasOwnText = done.text !== '';
      this.math = undefined;
    }
    const parent = this.stack.at(-1);
    const blocks = SKIPPED_NAMES.test(done.name) ? [] : this.blocksOf(done, parent);
    if (!parent || this.stack.length === 1) {
      for (const block of blocks) addHtmlBlock(this.document, block);
      return;
    }
    if (SKIPPED_NAMES.test(done.name)) return;
    this.addInline(parent, done);
    parent.hasChildText ||= done.hasOwnText || done.hasChildText;
    for (const block of blocks) parent.blocks.push(block);
  }

  private addInline(parent: Open, { name, text, attributes }: Open): void {
    const shift = attributes['baseline-shift'];
    if (/^(?:sup|superscript)$/i.test(name) || shift === 'super') parent.text = appendRaised(parent.text, text);
    else if (/^(?:sub|subscript)$/i.test(name) || shift === 'sub') parent.text = appendLowered(parent.text, text);
    else if (text === '' && /^(?:br|lb|break)$/i.test(name)) parent.text += '\n';
    else parent.text += text.trim() === '' ? text : withAttributes(text, attributes, this.isMarkup);
  }

  private blocksOf(done: Open, parent: Open | undefined): HtmlBlock[] {
    const { name, attributes, table } = done;
    if (table && CELLS.test(name)) {
      const own = this.textBlocks(done).map((block) => ({ ...block, text: block.text.replace(/^[\w-]+: /, '') }));
      if (table.cell) table.cell.blocks = done.hasOwnText ? [{ kind: 'paragraph', text: done.text }] : own;
      table.cell = undefined;
      return [];
    }
    if (table && ROWS.test(name)) return table.closeRow();
    if (HEADING_NAMES.test(name) && parent && TITLE_PARENTS.test(parent.name))
      this.document.title ??= squeezeText(done.text);
    const blocks = this.textBlocks(done);
    if (done.hasOwnText || parent === undefined) return blocks;
    // A state of the element applies to what is inside it.
    const state = listAttributes(attributes, this.isMarkup);
    const isLeaf = blocks.length === 0;
    if (state === '') return blocks;
    return [{ kind: 'paragraph', text: `${name}: ${isLeaf ? state : state.replaceAll('=', ' ')}` }, ...blocks];
  }

  private textBlocks({ name, attributes, text, hasOwnText, blocks }: Open): HtmlBlock[] {
    if (!hasOwnText) return blocks;
    const plain = text.replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n');
    if (HEADING_NAMES.test(name)) return [{ kind: 'heading', text: squeezeText(plain), level: 2 }];
    const isProse = PROSE_NAMES.test(name) || plain.length > 300;
    const described = withAttributes(plain, attributes, this.isMarkup).trim();
    return [{ kind: 'paragraph', text: isProse ? described : `${name}: ${described}` }];
  }
}

/** JATS tables have HTML spans, CALS tables count rows beyond the first. */
function spansOf({ colspan, rowspan, morerows }: Record<string, string>): Record<string, string> {
  const rows = rowspan ?? (morerows === undefined ? undefined : `${Number(morerows) + 1}`);
  return { ...(colspan === undefined ? {} : { colspan }), ...(rows === undefined ? {} : { rowspan: rows }) };
}
