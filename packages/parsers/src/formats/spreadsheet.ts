import { read, type WorkBook } from '@e965/xlsx';
import { ParseFailure } from '@lorebox/ports/parser';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import type { ParseLimits } from '../limits.ts';
import { addChartValues } from '../office-chart.ts';
import { readSheetPrintLines } from '../print-lines.ts';
import { describeUncached, type SheetCells } from '../sheet-cells.ts';
import { addSheetObjects } from '../sheet-objects.ts';
import { readSheetRows } from '../sheet-rows.ts';
import { readXlsObjects, type XlsObjects } from '../xls-objects.ts';
import { openZip, type ZipFile } from '../zip.ts';

interface Container {
  zip: ZipFile;
  /** Texts of printed headers and footers by the part of the sheet. */
  printLines: Map<string, string[]>;
}

/** The library trusts the container, so its parts are unpacked here first to count the bytes. */
function checkContainer(bytes: Uint8Array, limits: ParseLimits): Container {
  const zip = openZip(bytes, limits);
  const printLines = new Map<string, string[]>();
  for (const name of zip.entries.keys()) {
    if (!/\.(xml|rels|bin|vml)$/i.test(name)) continue;
    const part = zip.read(name);
    const lines = part && /sheets\/[^/]+\.xml$/i.test(name) ? readSheetPrintLines(part) : [];
    if (lines.length > 0) printLines.set(name, lines);
  }
  return { zip: openZip(bytes, limits), printLines };
}

/** The library reads only the cells. */
function readObjects(bytes: Uint8Array, document: DocumentBuilder): XlsObjects[] {
  try {
    return readXlsObjects(bytes);
  } catch {
    document.warn('The text boxes and charts of this workbook could not be read. Save it as XLSX to include them.');
    return [];
  }
}

function readWorkbook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellHTML: false,
      // Numbers are formatted from their stored value.
      cellText: false,
      cellFormula: true,
      // Number formats and the visibility of rows and columns.
      cellNF: true,
      cellStyles: true,
    });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.', {
        cause: error,
      });
    }
    throw error;
  }
}

function addSheet(document: DocumentBuilder, name: string, workbook: WorkBook): void {
  const sheet = workbook.Sheets[name];
  if (!sheet) return;
  const cells: SheetCells = { uses1904: workbook.Workbook?.WBProps?.date1904 === true, uncached: [] };
  const { rows, hidden } = readSheetRows(sheet, cells);
  for (const row of rows) document.addRow(row);
  if (hidden.length > 0) {
    document.warn(`Sheet "${name}": hidden ${hidden.join(' and ')} left out. Unhide to include.`);
  }
  if (cells.uncached.length > 0) {
    document.warn(describeUncached(name, cells.uncached));
  }
}

export const spreadsheetParser = defineFormat({
  formats: ['xlsx', 'xls'],
  async parse(bytes, context) {
    const { document, format, limits } = context;
    const container = format === 'xlsx' ? checkContainer(bytes, limits) : undefined;
    const workbook = readWorkbook(bytes);
    const objects = container ? [] : readObjects(bytes, document);
    const sheets = workbook.SheetNames.map((name, index) => ({
      name,
      isHidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0,
    }));
    document.pageCount = sheets.length;
    for (const [index, { name, isHidden }] of sheets.entries()) {
      document.page = index + 1;
      document.section = name;
      if (isHidden) continue;
      addSheet(document, name, workbook);
      for (const text of objects[index]?.texts ?? []) document.add('paragraph', text);
      for (const chart of objects[index]?.charts ?? []) addChartValues(document, chart);
    }
    Object.assign(document, { page: undefined, section: undefined });
    const hidden = sheets.filter(({ isHidden }) => isHidden).map(({ name }) => `"${name}"`);
    if (hidden.length > 0) {
      document.warn(
        `Hidden ${hidden.length === 1 ? 'sheet' : 'sheets'} left out: ${hidden.join(', ')}. Unhide to include.`,
      );
    }
    if (container) await addSheetObjects(container.zip, sheets, container.printLines, context);
    document.title = workbook.Props?.Title;
    document.describe('author', workbook.Props?.Author);
    document.describe('subject', workbook.Props?.Subject);
    document.describe('keywords', workbook.Props?.Keywords);
    document.describe('created', workbook.Props?.CreatedDate && new Date(workbook.Props.CreatedDate).toISOString());
  },
});
