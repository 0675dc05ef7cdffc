import { decodeAs } from './decode-text.ts';
import { type DocRange, DocRangeFinder, readRanges } from './doc-properties.ts';
import { formatTarget, readLinkCode } from './docx-fields.ts';
import { markLowered, markRaised, resolveRaised } from './raised-marks.ts';
import type { EdgedRow } from './table-edges.ts';

export type DocBlock = { kind: 'paragraph'; text: string; style: number } | { kind: 'row'; row: EdgedRow };

export interface DocBody {
  blocks: DocBlock[];
  hiddenRuns: number;
  deletedRuns: number;
  /** Paragraphs with an automatic number, which isn't stored with the text. */
  numbered: number;
  formFields: number;
}

const IN_TABLE = 0x2416;
const ROW_END = 0x2417;
const DEFINE_TABLE = 0xd608;
const LIST = 0x460b;
const DELETED = 0x0800;
const HIDDEN = 0x083c;
const RAISE = 0x2a48;

interface Piece {
  start: number;
  text: string;
  bytesPerCharacter: number;
}

/** Reads the piece table: which part of the stream holds which part of the text. */
function readPieces(document: Buffer, table: Buffer): Piece[] {
  const pieces: Piece[] = [];
  const from = document.readUInt32LE(0x01a2);
  const clx = table.subarray(from, from + document.readUInt32LE(0x01a6));
  let at = 0;
  while (clx[at] === 1) at += 3 + clx.readUInt16LE(at + 1);
  if (clx[at] !== 2) throw new Error('no piece table');
  const plc = clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1));
  const count = Math.floor((plc.length - 4) / 12);
  let left = document.readUInt32LE(0x4c);
  for (let index = 0; index < count && left > 0; index++) {
    const length = Math.min(left, plc.readUInt32LE((index + 1) * 4) - plc.readUInt32LE(index * 4));
    const position = plc.readUInt32LE((count + 1) * 4 + index * 8 + 2);
    const isCompressed = (position & 0x4000_0000) !== 0;
    const start = isCompressed ? (position & 0x3fff_ffff) / 2 : position;
    const bytes = document.subarray(start, start + length * (isCompressed ? 1 : 2));
    const text = isCompressed
      ? (decodeAs(bytes, 'windows-1252') ?? bytes.toString('latin1'))
      : bytes.toString('utf16le');
    pieces.push({ start, text, bytesPerCharacter: isCompressed ? 1 : 2 });
    left -= length;
  }
  return pieces;
}

function readEdges(definition: Buffer | undefined): { edges: number[]; merges: EdgedRow['cells'][number]['merge'][] } {
  const count = definition?.[0] ?? 0;
  if (!definition || definition.length < 1 + (count + 1) * 2) return { edges: [], merges: [] };
  const edges = Array.from({ length: count + 1 }, (_, index) => definition.readInt16LE(1 + index * 2));
  const merges = Array.from({ length: count }, (_, index) => {
    const at = 1 + (count + 1) * 2 + index * 20;
    const vertical = at + 2 <= definition.length ? (definition.readUInt16LE(at) >> 5) & 3 : 0;
    return vertical === 3 ? ('start' as const) : vertical === 1 ? ('continue' as const) : undefined;
  });
  return { edges, merges };
}

function isSet(range: DocRange | undefined, property: number): boolean {
  return ((range?.properties.get(property)?.[0] ?? 0) & 1) === 1;
}

/** Reads the main text of a Word 97 document with its paragraphs and table rows. */
export class DocBodyReader {
  private readonly body: DocBody = { blocks: [], hiddenRuns: 0, deletedRuns: 0, numbered: 0, formFields: 0 };
  private text = '';
  private cells: string[] = [];
  private readonly fields: { code: string; inCode: boolean; start: number }[] = [];
  private lastRun: DocRange | undefined;

  read(document: Buffer, table: Buffer): DocBody {
    const paragraphs = new DocRangeFinder(readRanges(document, table, true));
    const runs = new DocRangeFinder(readRanges(document, table, false));
    for (const { start, text, bytesPerCharacter } of readPieces(document, table)) {
      for (let index = 0; index < text.length; index++) {
        const position = start + index * bytesPerCharacter;
        this.add(text[index] as string, runs.find(position), () => paragraphs.find(position));
      }
    }
    this.endParagraph(undefined);
    return this.body;
  }

  private add(character: string, run: DocRange | undefined, paragraph: () => DocRange | undefined): void {
    switch (character) {
      case '\r':
      case '\f': {
        const range = paragraph();
        if (isSet(range, IN_TABLE)) this.text += '\n';
        else this.endParagraph(range);
        break;
      }
      case '\u0007':
        this.endCell(paragraph());
        break;
      case '\u0013':
        this.fields.push({ code: '', inCode: true, start: this.text.length });
        break;
      case '\u0014': {
        const field = this.fields.at(-1);
        if (field) Object.assign(field, { inCode: false, start: this.text.length });
        break;
      }
      case '\u0015':
        this.endField();
        break;
      default:
        this.addCharacter(character, run);
    }
  }

  private addCharacter(character: string, run: DocRange | undefined): void {
    const field = this.fields.at(-1);
    if (field?.inCode) {
      if (field.code.length < 4000) field.code += character;
      return;
    }
    if (this.fields.some(({ inCode }) => inCode)) return;
    const isDeleted = isSet(run, DELETED);
    if (isDeleted || isSet(run, HIDDEN)) {
      if (run !== this.lastRun) this.body[isDeleted ? 'deletedRuns' : 'hiddenRuns']++;
      this.lastRun = run;
      return;
    }
    this.lastRun = run;
    const text =
      character === '\u000b'
        ? '\n'
        : character === '\u001e'
          ? '‑'
          : character < ' ' && character !== '\t'
            ? ''
            : character;
    if (text === '' || text === '\u001f') return;
    const raise = run?.properties.get(RAISE)?.[0] ?? 0;
    this.text += raise === 1 ? markRaised(text) : raise === 2 ? markLowered(text) : text;
  }

  private endField(): void {
    const field = this.fields.pop();
    if (!field) return;
    if (/^\s*FORM(CHECKBOX|DROPDOWN)/.test(field.code)) this.body.formFields++;
    const target = field.inCode ? undefined : readLinkCode(field.code);
    if (target) this.text += formatTarget(target, this.text.slice(field.start));
  }

  private endCell(range: DocRange | undefined): void {
    if (!isSet(range, ROW_END)) {
      this.cells.push(resolveRaised(this.text).trim());
      this.text = '';
      return;
    }
    const { edges, merges } = readEdges(range?.properties.get(DEFINE_TABLE));
    const cells = this.cells.map((text, index) => ({ text, merge: merges[index] }));
    if (cells.length > 0) this.body.blocks.push({ kind: 'row', row: { cells, edges } });
    this.cells = [];
    this.text = '';
  }

  private endParagraph(range: DocRange | undefined): void {
    const text = resolveRaised(this.text);
    // Cells without the end of their row are text of a damaged table.
    const parts = [...this.cells, text].filter((part) => part.trim() !== '');
    for (const part of parts) this.body.blocks.push({ kind: 'paragraph', text: part, style: range?.style ?? 0 });
    const list = range?.properties.get(LIST);
    if (parts.length > 0 && list && list.length >= 2 && list.readInt16LE(0) > 0) this.body.numbered++;
    this.cells = [];
    this.text = '';
    // An instruction ends with its paragraph at the latest, so that a missing separator never hides the rest.
    while (this.fields.at(-1)?.inCode) this.fields.pop();
    for (const field of this.fields) field.start = 0;
  }
}
