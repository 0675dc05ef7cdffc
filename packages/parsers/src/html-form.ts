import { squeezeText } from './clean-text.ts';
import type { DocumentBuilder } from './document-builder.ts';

const NO_VALUE = new Set('submit reset button image hidden password file color'.split(' '));

/** Returns what a form control shows: the entered value, or the state of a box as in Markdown. */
export function describeInput(attributes: Record<string, string>): string {
  const type = (attributes.type ?? 'text').toLowerCase();
  if (type === 'checkbox' || type === 'radio') return attributes.checked === undefined ? ' [ ] ' : ' [x] ';
  if (type === 'image') return ` ${attributes.alt ?? ''} `;
  return NO_VALUE.has(type) || !attributes.value ? ' ' : ` ${attributes.value} `;
}

const MAX_NAMED_CHOICES = 20;
const MAX_CHOICE_LENGTH = 80;

interface Option {
  text: string;
  /** Shown in place of the text. */
  label: string | undefined;
  isSelected: boolean;
}

/** The lists of choices of a page, of which it shows the selected ones, or else the first. */
export class HtmlSelects {
  private options: Option[] | undefined;
  /** Choices that readers see only when they open a list. */
  private readonly others = new Set<string>();

  get isInside(): boolean {
    return this.options !== undefined;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'select') this.options = [];
    if (name === 'option')
      this.options?.push({ text: '', label: attributes.label, isSelected: attributes.selected !== undefined });
  }

  text(text: string): void {
    const option = this.options?.at(-1);
    if (option) option.text += text;
  }

  /** Returns what the list shows. */
  close(): string {
    const options = this.options ?? [];
    this.options = undefined;
    const selected = options.filter(({ isSelected }) => isSelected);
    const shown = selected.length > 0 ? selected : options.slice(0, 1);
    for (const option of options) if (!shown.includes(option)) this.others.add(nameOf(option));
    this.others.delete('');
    return shown.map(nameOf).join(', ');
  }

  warn(document: DocumentBuilder): void {
    if (this.others.size === 0) return;
    const choices = [...this.others].slice(0, MAX_NAMED_CHOICES);
    const names = choices.map((choice) => `"${choice.slice(0, MAX_CHOICE_LENGTH)}"`).join(', ');
    const count = this.others.size === 1 ? '1 choice that is' : `${this.others.size} choices that are`;
    document.warn(`${count} not selected left out: ${names}${this.others.size > MAX_NAMED_CHOICES ? ', ...' : ''}`);
  }
}

function nameOf({ label, text }: Option): string {
  return squeezeText(label || text);
}
