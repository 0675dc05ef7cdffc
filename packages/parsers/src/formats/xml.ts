import { defineFormat } from '../format-parser.ts';
import { walkXml } from '../xml.ts';
import { addFlatOpenDocument } from './open-document.ts';

const PROSE_NAMES = /^(p|para|paragraph|text|span|seg|s|li|item|line|l|tspan|emph|body|div|td|entry|simpara)$/i;
const HEADING_NAMES = /^(title|head|heading|h[1-6])$/i;

interface Open {
  name: string;
  attributes: Record<string, string>;
  /** Text so far, including inline children. Blocks of children if there are no inline children. */
  text: string;
  hasOwnText: boolean;
  hasChildText: boolean;
  blocks: { name: string; text: string }[];
}

/**
 * Each element with direct text is one block, including its inline children. Leaves without text show their attributes,
 * because data formats store everything there.
 */
export const xmlParser = defineFormat({
  formats: ['xml'],
  extensions: ['xml', 'rss', 'atom', 'xsd', 'svg'],
  parse(_bytes, { document, limits, readText }) {
    const text = readText();
    if (/<office:document[\s>]/.test(text.slice(0, 4096)) && addFlatOpenDocument(document, text, limits)) return;
    const open: Open[] = [];
    const emit = (blocks: Open['blocks']) => {
      for (const block of blocks) {
        const isProse = PROSE_NAMES.test(block.name) || block.text.length > 300;
        if (HEADING_NAMES.test(block.name)) document.add('heading', block.text, { level: 2 });
        else
          document.add('paragraph', isProse || !block.text.trim() ? block.text : `${block.name}: ${block.text.trim()}`);
      }
    };
    walkXml(
      text,
      {
        open({ name, attributes }) {
          open.push({ name, attributes, text: '', hasOwnText: false, hasChildText: false, blocks: [] });
        },
        text(piece) {
          const at = open[open.length - 1];
          if (!at) return;
          at.text += piece;
          if (!at.hasOwnText && piece.trim() !== '') at.hasOwnText = true;
        },
        close() {
          const done = open.pop() as Open;
          const parent = open[open.length - 1];
          let blocks = done.blocks;
          if (done.hasOwnText)
            blocks = [{ name: done.name, text: done.text.replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n') }];
          else if (blocks.length === 0) blocks = describeAttributes(done);
          if (!parent || open.length === 1) return emit(blocks);
          parent.text += done.text;
          parent.hasChildText ||= done.hasOwnText || done.hasChildText;
          for (const block of blocks) parent.blocks.push(block);
        },
      },
      limits.maxDepth,
    );
  },
});

function describeAttributes({ name, attributes }: Open): Open['blocks'] {
  const pairs = Object.entries(attributes)
    .filter(
      ([key, value]) =>
        !/^(xmlns|xml:|xsi:)|^(d|style|class|points|transform)$/.test(key) && value.trim() !== '' && value.length < 500,
    )
    .map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? [] : [{ name, text: pairs.join(', ') }];
}
