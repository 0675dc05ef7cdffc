import { appendLowered, appendRaised } from './raised-text.ts';

/** Text of an element that is written in another form than its letters: a raised number, a reading, a link. */
interface Part {
  name: string;
  text: string;
  attributes: Record<string, string>;
}

const INLINE = new Set('sup sub ruby rt rp del s strike a abbr'.split(' '));
const WEIGHTED = new Set('b strong span font'.split(' '));
const SAFE_LINK = /^(?:https?|ftp|mailto|tel):/i;
const DOWNLOAD = /\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|zip|md|txt|rtf|epub)$/i;

/** Collects the text of a block with its inline elements. */
export class InlineText {
  private text = '';
  private readonly open: Part[] = [];
  /** Open elements that may be bold, by whether they are. */
  private readonly weights: { name: string; isBold: boolean }[] = [];
  private hasPlainLetters = false;

  /** All letters so far are bold. */
  get isBold(): boolean {
    return !this.hasPlainLetters;
  }

  append(text: string): void {
    if (!this.hasPlainLetters && !this.weights.some(({ isBold }) => isBold)) this.hasPlainLetters = /\S/.test(text);
    const part = this.open[this.open.length - 1];
    if (part) part.text += text;
    else this.text += text;
  }

  /** Returns false if the element needs no special form. */
  enter(name: string, attributes: Record<string, string>): boolean {
    if (WEIGHTED.has(name) && this.weights.length < 50) this.weights.push({ name, isBold: isBold(name, attributes) });
    if (!INLINE.has(name)) return false;
    if (this.open.length < 50) this.open.push({ name, text: '', attributes });
    return true;
  }

  leave(name: string): void {
    const weight = WEIGHTED.has(name) ? this.weights.findLastIndex((entry) => entry.name === name) : -1;
    if (weight >= 0) this.weights.splice(weight);
    const at = this.open.findLastIndex((part) => part.name === name);
    if (at < 0) return;
    while (this.open.length > at) this.finish(this.open.pop() as Part);
  }

  /** Returns the text so far and starts again. */
  take(): string {
    for (let part = this.open.pop(); part; part = this.open.pop()) this.finish(part);
    const { text } = this;
    this.text = '';
    this.hasPlainLetters = false;
    return text;
  }

  private finish({ name, text, attributes }: Part): void {
    if (name === 'rp' || text === '') return;
    const outer = this.open[this.open.length - 1];
    // The readings follow the whole word, which would be torn otherwise.
    if (name === 'rt' && outer)
      outer.attributes = { ...outer.attributes, reading: (outer.attributes.reading ?? '') + text };
    else if (name === 'ruby' && attributes.reading)
      this.append(`${text.replace(/\s+/g, '')}(${attributes.reading.trim()})`);
    else if (name === 'sup' || isNoteMark(name, attributes, text)) this.replace((before) => appendRaised(before, text));
    else if (name === 'sub') this.replace((before) => appendLowered(before, text));
    else if (name === 'del' || name === 's' || name === 'strike')
      this.append(text.trim() ? `~~${text.trim()}~~` : text);
    else if (name === 'a') this.append(text + linkTarget(text, attributes.href));
    else if (name === 'abbr' && attributes.title && !text.includes(attributes.title))
      this.append(`${text} (${attributes.title})`);
    else this.append(text);
  }

  private replace(change: (before: string) => string): void {
    const part = this.open[this.open.length - 1];
    if (part) part.text = change(part.text);
    else this.text = change(this.text);
  }
}

function isBold(name: string, { style }: Record<string, string>): boolean {
  return name === 'b' || name === 'strong' || /font-weight\s{0,5}:\s{0,5}(?:bold|[6-9]00)/i.test(style ?? '');
}

/** The mark of a note in a book, which may have no raised letters. */
function isNoteMark(name: string, attributes: Record<string, string>, text: string): boolean {
  const isReference = attributes['epub:type'] === 'noteref' || attributes.role === 'doc-noteref';
  return name === 'a' && isReference && /^\s*[\d*†‡a-z]{1,3}\s*$/.test(text);
}

/** Targets on the same page and on the same site say nothing to readers, except files. */
function linkTarget(text: string, href: string | undefined): string {
  const target = (href ?? '').trim();
  if (target.length > 500 || !(SAFE_LINK.test(target) || (DOWNLOAD.test(target) && !/^\w+:/.test(target)))) return '';
  const address = target.replace(/^(?:mailto|tel):/i, '');
  const shown = text.trim();
  if (shown === '' || shown.includes(address) || address.includes(shown.replace(/\s/g, '')) || isSame(shown, address))
    return '';
  return `${/\s$/.test(text) ? '' : ' '}(${address})`;
}

function isSame(shown: string, address: string): boolean {
  const digits = (value: string) => value.replace(/\D/g, '');
  return /^[+\d\s()/-]+$/.test(shown) && digits(shown) === digits(address);
}
