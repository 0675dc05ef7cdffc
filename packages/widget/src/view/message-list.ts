import type { EmbedCitation } from '@lorebox/contract/embed';
import type { Conversation, ShownMessage } from '../conversation.ts';
import { fill, type Texts } from '../texts.ts';
import { element, ICONS, icon } from './element.ts';
import { renderMarkdown } from './render-markdown.ts';

interface Deps {
  texts: Texts;
  conversation: Conversation;
  onCite(citation: EmbedCitation): void;
}

/** Distance from the end at which the list still follows an answer. */
const STICKY_PX = 60;

/** The messages. Only those that have changed are rendered again, so that focus and selection stay. */
export class MessageList {
  readonly node = element('div', { class: 'messages', part: 'messages', attributes: { tabindex: '-1' } });
  private readonly rows = new Map<ShownMessage, { node: HTMLElement; version: string }>();
  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /** @param before What stands above the messages. @param after What stands below them. */
  update(before: readonly HTMLElement[], after: readonly HTMLElement[]): void {
    const { node } = this;
    const isAtEnd = node.scrollHeight - node.scrollTop - node.clientHeight < STICKY_PX;
    const wanted = [...before, ...this.deps.conversation.messages.map((message) => this.row(message)), ...after];
    for (const child of [...node.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
    for (const [at, child] of wanted.entries())
      if (node.children[at] !== child) node.insertBefore(child, node.children[at] ?? null);
    if (isAtEnd) node.scrollTop = node.scrollHeight;
  }

  private row(message: ShownMessage): HTMLElement {
    const version = `${message.state} ${message.feedback} ${message.id} ${message.text}`;
    const known = this.rows.get(message);
    if (known?.version === version) return known.node;
    const node = known?.node ?? element('div', { class: `message ${message.role}`, part: `message ${message.role}` });
    const focused = labelOf((node.getRootNode() as Document | ShadowRoot).activeElement, node);
    node.replaceChildren(...this.contentOf(message));
    const buttons = focused === null ? [] : [...node.querySelectorAll('button')];
    buttons.find((button) => labelOf(button, node) === focused)?.focus();
    this.rows.set(message, { node, version });
    return node;
  }

  private contentOf(message: ShownMessage): Node[] {
    const { texts } = this.deps;
    const { role, text, state } = message;
    const name = element('span', { class: 'sr' }, `${role === 'user' ? texts.you : texts.answer}: `);
    if (role === 'user') return [name, document.createTextNode(text)];
    if (state === 'streaming' && text === '') return [name, dots(texts.answering)];
    const content: Node[] = [
      name,
      element('div', { class: 'text', attributes: { dir: 'auto' } }, ...this.textOf(message)),
    ];
    if (state === 'failed') content.push(element('p', { class: 'problem' }, texts.failed));
    if (state === 'complete' && message.id !== null) content.push(this.actionsOf(message));
    return content;
  }

  private textOf({ text, citations }: ShownMessage): Node[] {
    const { texts, onCite } = this.deps;
    return renderMarkdown(text, {
      labelOf(n) {
        const title = citations.find((citation) => citation.n === n)?.title;
        return title === undefined ? null : fill(texts.source, { n, title });
      },
      onCite(n) {
        const citation = citations.find((one) => one.n === n);
        if (citation) onCite(citation);
      },
    });
  }

  private actionsOf(message: ShownMessage): HTMLElement {
    const { texts, conversation } = this.deps;
    const button = (value: 'up' | 'down') =>
      element(
        'button',
        {
          class: 'icon',
          attributes: {
            type: 'button',
            'aria-label': texts[value],
            'aria-pressed': String(message.feedback === value),
          },
          on: { click: () => void conversation.rate(message, message.feedback === value ? null : value) },
        },
        icon(ICONS[value]) as unknown as HTMLElement,
      );
    const thanks = message.feedback === null ? null : element('span', { attributes: { role: 'status' } }, texts.thanks);
    return element('div', { class: 'actions' }, button('up'), button('down'), thanks);
  }
}

function dots(label: string): HTMLElement {
  return element(
    'span',
    { class: 'dots', attributes: { role: 'img', 'aria-label': label } },
    element('i'),
    element('i'),
    element('i'),
  );
}

/** The label of an element inside of another one. */
function labelOf(inner: Element | null | undefined, outer: Element): string | null {
  return inner && outer.contains(inner) ? inner.getAttribute('aria-label') : null;
}
