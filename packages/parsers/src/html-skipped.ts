import { squeezeText } from './clean-text.ts';
import { SKIPPED } from './html-visibility.ts';

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const MAX_INPUT_VALUE = 20;

/** Follows the elements whose content is not shown, and collects the text of those that hide it. */
export class SkippedElements {
  readonly texts: string[] = [];
  private tag = '';
  private depth = 0;
  /** Text of the hidden element being read. Undefined in elements that hold no text. */
  private hidden: string | undefined;

  get isInside(): boolean {
    return this.tag !== '';
  }

  /** Returns false for elements without content. */
  enter(name: string, attributes: Record<string, string>): boolean {
    const holdsText = !SKIPPED.has(name);
    const { value = '' } = attributes;
    if (name === 'input' && value && value.length < MAX_INPUT_VALUE) this.texts.push(value);
    if (VOID.has(name)) return false;
    this.tag = name;
    this.depth = 1;
    this.hidden = holdsText ? '' : undefined;
    return true;
  }

  open(name: string, isBlock: boolean): void {
    if (name === this.tag) this.depth++;
    if (isBlock) this.text(' ');
  }

  text(text: string): void {
    if (this.hidden !== undefined) this.hidden += text;
  }

  close(name: string): void {
    if (name !== this.tag || --this.depth > 0) return;
    const text = squeezeText(this.hidden ?? '');
    this.tag = '';
    this.hidden = undefined;
    if (text) this.texts.push(text);
  }
}
