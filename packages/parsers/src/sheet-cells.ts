import { type CellObject, SSF } from '@e965/xlsx';
import { isDateFormat, showSerial } from './date-cell.ts';
import { showNumber, toPlainNumber } from './number-cell.ts';
import { isOn } from './office-package.ts';
import { markLowered, markRaised, markStruck, resolveRaised } from './raised-marks.ts';
import { attributeOf, childOf, childrenOf, parseXml, textOf } from './xml.ts';

/** What the cells of one sheet need to know, and what reading them found. */
export interface SheetCells {
  uses1904: boolean;
  /** Positions of formulas without a stored result, such as "B4". */
  uncached: string[];
}

const dateFormats = new Map<string, boolean>();

function isDate(format: string): boolean {
  let known = dateFormats.get(format);
  if (known === undefined) {
    // Files can contain any number of formats.
    if (dateFormats.size > 1000) dateFormats.clear();
    known = isDateFormat(format);
    dateFormats.set(format, known);
  }
  return known;
}

export function nameColumn(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

function showNumeric(value: number, cell: CellObject, uses1904: boolean): string {
  const format = typeof cell.z === 'string' ? cell.z : 'General';
  if (format !== 'General' && isDate(format)) {
    const date = showSerial(value, format, uses1904);
    if (date !== undefined) return date;
  }
  return format === 'General' ? toPlainNumber(value) : showNumber(value, formatNumber(value, format));
}

/** Undefined for formats that make no sense. */
function formatNumber(value: number, format: string): string | undefined {
  try {
    return SSF.format(format, value);
  } catch {
    return undefined;
  }
}

const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

function showValue(cell: CellObject, sheet: SheetCells): string {
  const { v: value } = cell;
  if (cell.t === 'n' && typeof value === 'number') return showNumeric(value, cell, sheet.uses1904);
  if (cell.t === 'e') return ERRORS[Number(value)] ?? '#ERROR!';
  if (value === undefined || value === null) return '';
  if (cell.t === 's' && typeof cell.r === 'string' && FORMATTED.test(cell.r))
    return readRichText(cell.r) || String(value);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 19).replace('T', ' ');
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

/** Parts of a cell in another place or struck. */
const FORMATTED = /vertAlign|strike/;

/** Returns the text of a cell whose parts differ in format: 10^3, not 103. */
function readRichText(xml: string): string {
  const root = parseXml(`<si>${xml}</si>`);
  const runs = childrenOf(root, 'r').map((run) => {
    const format = childOf(run, 'rPr');
    const place = attributeOf(childOf(format, 'vertAlign'), 'val');
    const text = textOf(childOf(run, 't'));
    const placed = place === 'superscript' ? markRaised(text) : place === 'subscript' ? markLowered(text) : text;
    return isOn(childOf(format, 'strike')) ? markStruck(placed) : placed;
  });
  return resolveRaised(runs.join(''));
}

function linkTarget(cell: CellObject): string | undefined {
  const target = cell.l?.Target ?? /HYPERLINK\(\s*"([^"]{1,2000})"/i.exec(cell.f ?? '')?.[1];
  // Targets inside the workbook lead nowhere from the text.
  return target && !target.startsWith('#') ? target : undefined;
}

/** Returns the text of a cell: its stored value, then the target of its link and its comment. */
export function showCell(cell: CellObject | undefined, row: number, column: number, sheet: SheetCells): string {
  if (!cell) return '';
  let text: string;
  if (cell.t === 'z') {
    if (!cell.f) return readNotes(cell);
    sheet.uncached.push(`${nameColumn(column)}${row + 1}`);
    text = `=${cell.f}`;
  } else text = showValue(cell, sheet);
  const target = linkTarget(cell);
  if (target && !text.includes(target.replace(/^mailto:/i, ''))) text = text === '' ? target : `${text} (${target})`;
  return text + readNotes(cell);
}

const MAX_NAMED_CELLS = 50;

export function describeUncached(sheet: string, cells: readonly string[]): string {
  const places = cells.slice(0, MAX_NAMED_CELLS).join(', ') + (cells.length > MAX_NAMED_CELLS ? ', ...' : '');
  const count = cells.length === 1 ? '1 formula has' : `${cells.length} formulas have`;
  return `Sheet "${sheet}": ${count} no stored result (${places}), so the text has the formulas. Open the file in a spreadsheet program, save it and upload it again.`;
}

function readNotes(cell: CellObject): string {
  if (!cell.c || cell.c.length === 0) return '';
  const comment = cell.c
    .map((part) => part.t?.trim())
    .filter(Boolean)
    .join(' ');
  return comment ? ` (Comment: ${comment})` : '';
}
