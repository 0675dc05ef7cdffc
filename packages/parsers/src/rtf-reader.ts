import { decodeAs } from './decode-text.ts';
import { type BlockKind, type DocumentBuilder, joinCells } from './document-builder.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { CODE_PAGE_OF_CHARSET, CODE_PAGES, SKIPPED_DESTINATIONS, SYMBOLS } from './rtf-words.ts';

interface Group {
  destination: string;
  skipped: boolean;
  hidden: boolean;
  codePage: string;
  unicodeSkip: number;
}

/** Reads tokens with a stack of group states. No recursion, so depth is only a number. */
export class RtfReader {
  private readonly document: DocumentBuilder;
  private readonly maxDepth: number;
  private group: Group = { destination: '', skipped: false, hidden: false, codePage: 'windows-1252', unicodeSkip: 1 };
  private readonly groups: Group[] = [];
  private defaultCodePage = 'windows-1252';
  private readonly fonts = new Map<number, string>();
  private readonly headings = new Map<number, number>();
  private font = 0;
  private style = 0;
  private styleName = '';
  private level: number | undefined;
  private readonly bytes: number[] = [];
  private text = '';
  private cells: string[] = [];
  private inTable = false;
  private inList = false;
  private toSkip = 0;
  private isStarred = false;
  private readonly aside: string[] = [];

  constructor(document: DocumentBuilder, maxDepth: number) {
    this.document = document;
    this.maxDepth = maxDepth;
  }

  read(bytes: Uint8Array): void {
    for (const token of readRtfTokens(bytes)) {
      if (token.kind === 'open') this.openGroup();
      else if (token.kind === 'close') this.closeGroup();
      else if (token.kind === 'byte') this.byte(token.byte);
      else if (token.kind === 'symbol') this.symbol(token.symbol);
      else this.word(token.name, token.value);
    }
    this.endParagraph();
    this.endRow();
    for (const note of this.aside) this.document.add('paragraph', note);
  }

  private openGroup(): void {
    this.decodePending();
    this.groups.push({ ...this.group });
    if (this.groups.length > this.maxDepth * 4) throw new Error('groups are nested too deeply');
    this.isStarred = false;
  }

  private closeGroup(): void {
    this.decodePending();
    const { destination } = this.group;
    const outer = this.groups.pop();
    if (!outer) return;
    if (destination !== outer.destination) this.endDestination(destination);
    this.group = outer;
    this.isStarred = false;
  }

  private endDestination(destination: string): void {
    if (/^(footnote|annotation|header|footer)$/.test(destination)) {
      const text = this.text.slice(this.text.lastIndexOf('\u0001') + 1);
      this.text = this.text.slice(0, Math.max(0, this.text.lastIndexOf('\u0001')));
      const label = destination === 'annotation' ? 'Comment: ' : destination === 'footnote' ? 'Note: ' : '';
      if (text.trim() && !this.aside.includes(label + text.trim())) this.aside.push(label + text.trim());
    } else if (/^(title|author|subject|keywords|company)$/.test(destination)) {
      const text = this.text.slice(this.text.lastIndexOf('\u0001') + 1);
      this.text = this.text.slice(0, Math.max(0, this.text.lastIndexOf('\u0001')));
      if (destination === 'title') this.document.title = text;
      else this.document.describe(destination, text);
    }
  }

  private byte(byte: number): void {
    if (this.toSkip > 0) {
      this.toSkip--;
      return;
    }
    if (this.group.destination === 'stylesheet') this.styleName += String.fromCharCode(byte);
    if (this.group.destination === 'stylesheet' && byte === 59) this.endStyle();
    if (!this.group.skipped && !this.group.hidden) this.bytes.push(byte);
  }

  private endStyle(): void {
    const level = /^\s*heading (\d)/i.exec(this.styleName)?.[1];
    if (level) this.headings.set(this.style, Number(level));
    if (/^\s*title\s*;/i.test(this.styleName)) this.headings.set(this.style, 1);
    this.styleName = '';
  }

  private symbol(symbol: string): void {
    if (symbol === '*') {
      this.isStarred = true;
      return;
    }
    if (symbol === '\n' || symbol === '\r') this.word('par', undefined);
    else if (symbol === '~') this.put(' ');
    else if (symbol === '_') this.put('-');
    else if (symbol === '\\' || symbol === '{' || symbol === '}') this.byte(symbol.charCodeAt(0));
  }

  private word(name: string, value: number | undefined): void {
    if (this.isStarred && !/^(shppict|shptxt|shpinst|ud|annotation|pn|pntext|listtext)$/.test(name))
      this.group.skipped = true;
    this.isStarred = false;
    if (SKIPPED_DESTINATIONS.has(name) || /^(upr)$/.test(name)) this.skip(name);
    else if (name === 'ud') this.group.skipped = this.group.hidden = false;
    else if (/^(header|footer)[lrf]?$|^(footnote|annotation|title|author|subject|keywords|company)$/.test(name)) {
      this.openAside(name.replace(/^(header|footer)[lrf]$/, '$1'));
    } else if (name === 'info') this.group.destination = 'info';
    else if (/^(creatim|revtim|printim|buptim|doccomm|hlinkbase|manager|category)$/.test(name)) this.skip(name);
    else if (!this.group.skipped || this.group.destination === 'fonttbl' || this.group.destination === 'stylesheet') {
      this.format(name, value);
    }
  }

  private skip(name: string): void {
    this.decodePending();
    this.group.destination = name;
    this.group.skipped = true;
  }

  private openAside(destination: string): void {
    this.decodePending();
    if (this.group.skipped) return;
    this.group.destination = destination;
    this.text += '\u0001';
  }

  private format(name: string, value: number | undefined): void {
    const inFonts = this.group.destination === 'fonttbl';
    if (name === 'u' && value !== undefined) {
      this.put(String.fromCharCode(value < 0 ? value + 65_536 : value));
      this.toSkip = this.group.unicodeSkip;
    } else if (name === 'uc') this.group.unicodeSkip = value ?? 1;
    else if (name === 'ansicpg' && value) {
      this.decodePending();
      this.defaultCodePage = CODE_PAGES[value] ?? `windows-${value}`;
      this.group.codePage = this.defaultCodePage;
    } else if (name === 'mac') this.group.codePage = this.defaultCodePage = 'macintosh';
    else if (name === 'f') {
      this.decodePending();
      this.font = value ?? 0;
      if (!inFonts) this.group.codePage = this.fonts.get(this.font) ?? this.defaultCodePage;
    } else if (name === 'fcharset' && inFonts) {
      const codePage = CODE_PAGE_OF_CHARSET[value ?? 0];
      if (codePage) this.fonts.set(this.font, codePage);
    } else if (name === 's') this.setStyle(value ?? 0);
    else if (name === 'outlinelevel' && value !== undefined && value < 9) this.level = value + 1;
    else if (name === 'v' || name === 'deleted') {
      this.decodePending();
      this.group.hidden = value !== 0;
    } else if (name === 'plain') {
      this.decodePending();
      this.group.hidden = false;
      this.group.codePage = this.defaultCodePage;
    } else this.layout(name);
  }

  private setStyle(style: number): void {
    this.style = style;
    if (this.group.destination !== 'stylesheet') this.level = this.headings.get(style);
  }

  private layout(name: string): void {
    if (name === 'par' || name === 'sect' || name === 'page') this.endParagraph();
    else if (name === 'pard') {
      this.inTable = false;
      this.inList = false;
      this.level = undefined;
    } else if (name === 'intbl') this.inTable = true;
    else if (name === 'ls' || name === 'ilvl') this.inList = true;
    else if (name === 'cell' || name === 'nestcell') this.endCell();
    else if (name === 'row' || name === 'nestrow') this.endRow();
    else if (name in SYMBOLS) this.put(SYMBOLS[name] as string);
  }

  private put(text: string): void {
    this.decodePending();
    if (!this.group.skipped && !this.group.hidden) this.text += text;
  }

  private decodePending(): void {
    if (this.bytes.length === 0) return;
    const { codePage } = this.group;
    const bytes = Uint8Array.from(this.bytes);
    this.bytes.length = 0;
    this.text += decodeAs(bytes, codePage) ?? Buffer.from(bytes).toString('latin1');
  }

  private endCell(): void {
    this.decodePending();
    this.cells.push(this.text);
    this.text = '';
  }

  private endRow(): void {
    if (this.cells.length > 0) this.document.add('table-row', joinCells(this.cells));
    this.cells = [];
  }

  private endParagraph(): void {
    this.decodePending();
    if (this.group.destination === '' || this.group.destination === 'shptxt' || this.groups.length === 0) {
      // Inside a cell, a paragraph is a space. A table without \cell so far may still be text before it.
      if (this.inTable) {
        this.text += ' ';
        return;
      }
      this.endRow();
      const kind: BlockKind = this.level ? 'heading' : this.inList ? 'list-item' : 'paragraph';
      this.document.add(kind, this.text, this.level ? { level: this.level } : undefined);
      this.text = '';
    } else this.text += '\n';
  }
}
