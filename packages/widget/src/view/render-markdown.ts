import { type Block, parseBlocks } from '../markdown/blocks.ts';
import type { Inline } from '../markdown/inline.ts';
import { element } from './element.ts';

export interface CiteOptions {
  /** Returns the label of a citation, or null if there is no passage with this number. */
  labelOf(n: number): string | null;
  onCite(n: number): void;
}

/** Renders Markdown as elements. Images and HTML have no form here, so they stay text. */
export function renderMarkdown(source: string, cite: CiteOptions): Node[] {
  return parseBlocks(source).map((block) => renderBlock(block, cite));
}

function renderBlock(block: Block, cite: CiteOptions): Node {
  const inline = (parts: readonly Inline[]) => parts.flatMap((part) => renderInline(part, cite));
  switch (block.type) {
    case 'paragraph':
      return element('p', {}, ...inline(block.children));
    case 'heading':
      // Not a heading element: the levels of the page must stay in order.
      return element('p', { class: 'heading' }, ...inline(block.children));
    case 'code':
      return element('pre', { attributes: { dir: 'ltr', tabindex: '0' } }, element('code', {}, block.text));
    case 'quote':
      return element('blockquote', {}, ...block.blocks.map((inner) => renderBlock(inner, cite)));
    case 'rule':
      return element('hr');
    case 'list': {
      const items = block.items.map((item) => element('li', {}, ...item.map((inner) => renderBlock(inner, cite))));
      if (!block.isOrdered) return element('ul', {}, ...items);
      return element('ol', { attributes: { start: String(block.start) } }, ...items);
    }
    case 'table': {
      const head = block.head.map((cell) => element('th', { attributes: { scope: 'col' } }, ...inline(cell)));
      const rows = block.rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, ...inline(cell)))));
      const table = element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...rows),
      );
      return element('div', { class: 'table', attributes: { tabindex: '0' } }, table);
    }
  }
}

function renderInline(part: Inline, cite: CiteOptions): Node[] {
  const children = () => ('children' in part ? part.children.flatMap((child) => renderInline(child, cite)) : []);
  switch (part.type) {
    case 'text':
      return [document.createTextNode(part.text)];
    case 'break':
      return [element('br')];
    case 'code':
      return [element('code', { attributes: { dir: 'ltr' } }, part.text)];
    case 'strong':
    case 'em':
      return [element(part.type, {}, ...children())];
    case 'link':
      return [
        element(
          'a',
          { attributes: { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow', title: part.href } },
          ...children(),
        ),
      ];
    case 'cite':
      return part.numbers.map((n) => renderCitation(n, cite));
  }
}

function renderCitation(n: number, { labelOf, onCite }: CiteOptions): Node {
  const label = labelOf(n);
  if (label === null) return document.createTextNode(`[${n}]`);
  return element(
    'button',
    {
      class: 'cite',
      part: 'citation',
      attributes: { type: 'button', 'aria-label': label },
      on: { click: () => onCite(n) },
    },
    String(n),
  );
}
