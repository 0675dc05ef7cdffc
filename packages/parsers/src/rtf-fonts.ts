import { CODE_PAGE_OF_CHARSET, CODE_PAGES } from './rtf-words.ts';

/** Code pages of the document and of its fonts. */
export class RtfFonts {
  private standard = 'windows-1252';
  private font = 0;
  private readonly fonts = new Map<number, string>();

  /** Code page of text without a font. */
  get codePage(): string {
    return this.standard;
  }

  /**
   * Handles a control word of a font or code page. Returns the code page of the text after it, or undefined if it isn't
   * one. `inTable` is true where fonts are defined.
   */
  define(name: string, value: number | undefined, inTable: boolean): string | undefined {
    if (name === 'ansicpg' && value) this.standard = CODE_PAGES[value] ?? `windows-${value}`;
    else if (name === 'mac') this.standard = 'macintosh';
    else if (name === 'f') {
      this.font = value ?? 0;
      return this.fonts.get(this.font) ?? this.standard;
    } else if (name === 'fcharset' && inTable) {
      const codePage = CODE_PAGE_OF_CHARSET[value ?? 0];
      if (codePage) this.fonts.set(this.font, codePage);
    } else return undefined;
    return this.standard;
  }
}
