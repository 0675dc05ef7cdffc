import { decodeAs } from './decode-text.ts';
import type { BlockKind, DocumentBuilder } from './document-builder.ts';
import { formatTarget, readLinkCode } from './docx-fields.ts';
import { markLowered, markRaised, resolveRaised } from './raised-marks.ts';
import { RtfFonts } from './rtf-fonts.ts';
import { ASIDE, type Group, PLAIN, READ_OPTIONAL, SKIPPED_DETAILS, warnOfLeftOut } from './rtf-groups.ts';
import { RtfStyles } from './rtf-styles.ts';
import { RtfField, RtfTable } from './rtf-table.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { SKIPPED_DESTINATIONS, SYMBOLS } from './rtf-words.ts';

/** Reads tokens with a stack of group states. No recursion, so depth is only a number. */
export class RtfReader {
  private readonly document: DocumentBuilder;
  private readonly maxDepth: number;
  private group: Group = { ...PLAIN };
  private readonly groups: Group[] = [];
  private readonly fonts = new RtfFonts();
  private readonly styles = new RtfStyles();
  private level: number | undefined;
  private readonly bytes: number[] = [];
  private text = '';
  private readonly table = new RtfTable();
  private readonly fields: RtfField[] = [];
  private hiddenPassages = 0;
  private deletedPassages = 0;
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
    this.table.end(this.document);
    for (const note of this.aside) this.document.add('paragraph', note);
    warnOfLeftOut(this.document, this.hiddenPassages, this.deletedPassages);
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
    if (destination === 'field') this.fields.pop();
    if (destination === 'fldrslt') this.endField();
    if (!ASIDE.test(destination)) return;
    const at = this.text.lastIndexOf('\u0001');
    const text = resolveRaised(this.text.slice(at + 1));
    this.text = this.text.slice(0, Math.max(0, at));
    if (destination === 'ffl') this.fields.at(-1)?.addEntry(text);
    else if (destination === 'fldinst') this.endInstruction(text);
    else if (/^(footnote|annotation|header|footer)$/.test(destination)) {
      const label = destination === 'annotation' ? 'Comment: ' : destination === 'footnote' ? 'Note: ' : '';
      if (text.trim() && !this.aside.includes(label + text.trim())) this.aside.push(label + text.trim());
    } else if (destination === 'title') this.document.title = text;
    else this.document.describe(destination, text);
  }

  private endInstruction(code: string): void {
    const field = this.fields.at(-1);
    if (!field) return;
    field.code = code;
    this.text += field.readForm() ?? '';
    field.start = this.text.length;
  }

  private endField(): void {
    const field = this.fields.at(-1);
    const target = field && readLinkCode(field.code);
    if (target) this.text += formatTarget(target, this.text.slice(field.start));
  }

  private byte(byte: number): void {
    if (this.toSkip > 0) {
      this.toSkip--;
      return;
    }
    if (this.group.destination === 'stylesheet') this.styles.addByte(byte);
    if (!this.group.skipped && !this.group.hidden) this.bytes.push(byte);
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
    if (this.isStarred && !READ_OPTIONAL.test(name)) this.group.skipped = true;
    this.isStarred = false;
    if (this.fields.at(-1)?.define(name, value)) return;
    if (SKIPPED_DESTINATIONS.has(name) || SKIPPED_DETAILS.test(name)) this.skip(name);
    else if (name === 'ud') this.group.skipped = this.group.hidden = false;
    else if (ASIDE.test(name) || /^(header|footer)[lrf]$/.test(name)) {
      this.openAside(name.replace(/^(header|footer)[lrf]$/, '$1'));
    } else if (name === 'field' || name === 'fldrslt') this.openField(name);
    else if (name === 'info') this.group.destination = 'info';
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

  private openField(name: string): void {
    this.decodePending();
    if (this.group.skipped) return;
    if (name === 'field') this.fields.push(new RtfField());
    this.group.destination = name;
  }

  private format(name: string, value: number | undefined): void {
    const inFonts = this.group.destination === 'fonttbl';
    if (name === 'u' && value !== undefined) {
      this.put(String.fromCharCode(value < 0 ? value + 65_536 : value));
      this.toSkip = this.group.unicodeSkip;
    } else if (name === 'uc') this.group.unicodeSkip = value ?? 1;
    else if (/^(ansicpg|mac|f|fcharset)$/.test(name)) {
      this.decodePending();
      const codePage = this.fonts.define(name, value, inFonts);
      if (codePage !== undefined && !inFonts) this.group.codePage = codePage;
    } else if (/^(super|sub|nosupersub|up|dn)$/.test(name)) this.setPosition(name, value);
    else if (name === 's') this.setStyle(value ?? 0);
    else if (name === 'outlinelevel' && value !== undefined && value < 9) this.level = value + 1;
    else if (name === 'v' || name === 'deleted') {
      this.decodePending();
      this.group.hidden = value !== 0;
      if (this.group.hidden) this[name === 'v' ? 'hiddenPassages' : 'deletedPassages']++;
    } else if (name === 'plain') {
      this.decodePending();
      this.group.hidden = false;
      this.group.position = undefined;
      this.group.codePage = this.fonts.codePage;
    } else if (!this.table.define(name, value)) this.layout(name);
  }

  private setPosition(name: string, value: number | undefined): void {
    this.decodePending();
    const isOff = name === 'nosupersub' || value === 0;
    this.group.position = isOff ? undefined : name === 'super' || name === 'up' ? 'super' : 'sub';
  }

  private setStyle(style: number): void {
    this.styles.current = style;
    if (this.group.destination !== 'stylesheet') this.level = this.styles.levelOf(style);
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
    else if (name === 'row' || name === 'nestrow') this.table.endRow();
    else if (name in SYMBOLS) this.put(SYMBOLS[name] as string);
  }

  private put(text: string): void {
    this.decodePending();
    if (!this.group.skipped && !this.group.hidden) this.emit(text);
  }

  private emit(text: string): void {
    const { position } = this.group;
    this.text += position === 'super' ? markRaised(text) : position === 'sub' ? markLowered(text) : text;
  }

  private decodePending(): void {
    if (this.bytes.length === 0) return;
    const { codePage } = this.group;
    const bytes = Uint8Array.from(this.bytes);
    this.bytes.length = 0;
    this.emit(decodeAs(bytes, codePage) ?? Buffer.from(bytes).toString('latin1'));
  }

  private endCell(): void {
    this.decodePending();
    this.table.addCell(resolveRaised(this.text));
    this.text = '';
  }

  private endParagraph(): void {
    this.decodePending();
    if (/^(|shptxt|field|fldrslt)$/.test(this.group.destination) || this.groups.length === 0) {
      // Inside a cell, a paragraph is a space. A table without \\cell so far may still be text before it.
      if (this.inTable) {
        this.text += ' ';
        return;
      }
      this.table.end(this.document);
      const kind: BlockKind = this.level ? 'heading' : this.inList ? 'list-item' : 'paragraph';
      this.document.add(kind, resolveRaised(this.text), this.level ? { level: this.level } : undefined);
      this.text = '';
      for (const field of this.fields) field.start = 0;
    } else this.text += '\n';
  }
}
