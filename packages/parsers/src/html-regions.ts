import type { HtmlBlock } from './html-block.ts';
import { isNavigation } from './html-visibility.ts';

const CONTAINERS = new Set(
  'nav header footer aside div section ul ol menu form main article search dl table body'.split(' '),
);
/** Less text than this outside menus and banners means that the menus are the content. */
const MIN_CONTENT = 200;
const MIN_SHARE = 0.1;
const MIN_LETTERS = 20;

interface Container {
  name: string;
  attributes: Record<string, string>;
  firstBlock: number;
  length: number;
  linkLength: number;
}

/** Follows the containers of a web page and excludes those that are menus, banners and footers. */
export class HtmlRegions {
  private readonly isEnabled: boolean;
  /** A part of a book may consist of its contents only. */
  private readonly isWholePage: boolean;
  private readonly stack: Container[] = [];
  private mainDepth = 0;
  private length = 0;
  private linkLength = 0;

  constructor(isEnabled: boolean, isWholePage: boolean) {
    this.isEnabled = isEnabled;
    this.isWholePage = isWholePage;
  }

  open(name: string, attributes: Record<string, string>, firstBlock: number): void {
    if (!this.isEnabled || !CONTAINERS.has(name)) return;
    if (name === 'main' || name === 'article') this.mainDepth++;
    const { length, linkLength } = this;
    this.stack.push({ name, attributes, firstBlock, length, linkLength });
  }

  count(text: string, isLink: boolean): void {
    if (!this.isEnabled) return;
    const { length } = text.trim();
    this.length += length;
    if (isLink) this.linkLength += length;
  }

  close(name: string, blocks: HtmlBlock[]): void {
    if (!this.isEnabled || !CONTAINERS.has(name) || this.stack.at(-1)?.name !== name) return;
    const container = this.stack.pop() as Container;
    if (name === 'main' || name === 'article') this.mainDepth--;
    const length = this.length - container.length;
    const linkLength = this.linkLength - container.linkLength;
    const { attributes } = container;
    if (!isNavigation({ name, attributes, length, linkLength, isInMain: this.mainDepth > 0 })) return;
    for (const block of blocks.slice(container.firstBlock)) block.excluded = 'navigation';
  }

  /** Searches the whole page if hardly any of it would be left. */
  finish(blocks: readonly HtmlBlock[]): void {
    if (!this.isWholePage) return;
    const lengthOf = (list: readonly HtmlBlock[]) =>
      list.reduce((sum, { text, cells }) => sum + text.length + (cells?.join('').length ?? 0), 0);
    const content = lengthOf(blocks.filter(({ excluded }) => excluded === undefined));
    const all = lengthOf(blocks);
    if (content >= MIN_CONTENT || content >= Math.max(all * MIN_SHARE, MIN_LETTERS)) return;
    for (const block of blocks) delete block.excluded;
  }
}
