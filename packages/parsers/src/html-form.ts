const NO_VALUE = new Set('submit reset button image hidden password file color'.split(' '));

/** Returns what a form control shows: the entered value, or the state of a box as in Markdown. */
export function describeInput(attributes: Record<string, string>): string {
  const type = (attributes.type ?? 'text').toLowerCase();
  if (type === 'checkbox' || type === 'radio') return attributes.checked === undefined ? ' [ ] ' : ' [x] ';
  if (type === 'image') return ` ${attributes.alt ?? ''} `;
  return NO_VALUE.has(type) || !attributes.value ? ' ' : ` ${attributes.value} `;
}

/** A list of choices, of which a page shows the selected ones, or else the first. */
export class HtmlSelect {
  private readonly options: { text: string; isSelected: boolean }[] = [];

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'option')
      this.options.push({ text: attributes.label ?? '', isSelected: attributes.selected !== undefined });
  }

  text(text: string): void {
    const option = this.options.at(-1);
    if (option) option.text += text;
  }

  value(): string {
    const selected = this.options.filter(({ isSelected }) => isSelected);
    return (selected.length > 0 ? selected : this.options.slice(0, 1)).map(({ text }) => text.trim()).join(', ');
  }
}
