import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { ParseFailure } from '@lorebox/ports/parser';
import type { DocumentBuilder } from '../document-builder.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import type { ParseLimits } from '../limits.ts';
import { addOfficeObjects } from '../office-objects.ts';
import { OfficePackage } from '../office-package.ts';
import { openZip } from '../zip.ts';

/** The library trusts the container, so its parts are unpacked here first to count the bytes. */
function checkContainer(bytes: Uint8Array, limits: ParseLimits): void {
  const zip = openZip(bytes, limits);
  for (const name of zip.entries.keys()) if (/\.(xml|rels|bin|vml)$/i.test(name)) zip.read(name);
  const manifest = zip.read('META-INF/manifest.xml');
  if (manifest && Buffer.from(manifest).includes('encryption-data')) {
    throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
  }
}

function readWorkbook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: 'array', dense: true, cellDates: true, UTC: true, cellHTML: false, cellFormula: false });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.', {
        cause: error,
      });
    }
    throw error;
  }
}

/** Formats cells as displayed, except dates, which have the same format in every locale. */
function formatCell(cell: CellObject | undefined): string {
  if (!cell || cell.v === undefined || cell.v === null) return '';
  let text = cell.w ?? String(cell.v);
  if (cell.t === 'd' && cell.v instanceof Date && !Number.isNaN(cell.v.getTime())) {
    const iso = cell.v.toISOString();
    if (cell.v.getUTCFullYear() > 1900)
      text = iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
  }
  if (cell.c && cell.c.length > 0) {
    const comment = cell.c
      .map((part) => part.t?.trim())
      .filter(Boolean)
      .join(' ');
    if (comment) text += ` (Comment: ${comment})`;
  }
  return text;
}

function addSheet(document: DocumentBuilder, sheet: WorkSheet): void {
  const rows = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  // Tables rarely start in column A. The empty columns before them are dropped.
  let first = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const at = row?.findIndex((cell) => formatCell(cell) !== '') ?? -1;
    if (at >= 0 && at < first) first = at;
  }
  if (!Number.isFinite(first)) return;
  for (const row of rows) {
    if (row) document.addRow(Array.from(row.slice(first), formatCell));
  }
}

/** The mapping from parts to sheets is not available here, so objects come last, without a page. */
async function addObjects(bytes: Uint8Array, context: ParseContext): Promise<void> {
  const zip = openZip(bytes, context.limits);
  const file = new OfficePackage(zip);
  for (const part of zip.entries.keys()) {
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(part)) {
      await addOfficeObjects(file, file.readRelations(part).values(), context);
    }
  }
  await addEmbeddedImages(
    [...zip.entries.keys()]
      .filter((name) => name.startsWith('xl/media/'))
      .map((name) => ({ name, read: () => zip.read(name) })),
    context,
  );
}

export const spreadsheetParser = defineFormat({
  formats: ['xlsx', 'xls', 'ods'],
  async parse(bytes, context) {
    const { document, format, limits } = context;
    if (format !== 'xls') checkContainer(bytes, limits);
    const workbook = readWorkbook(bytes);
    document.pageCount = workbook.SheetNames.length;
    for (const [index, name] of workbook.SheetNames.entries()) {
      document.page = index + 1;
      document.section = name;
      const sheet = workbook.Sheets[name];
      if (sheet) addSheet(document, sheet);
    }
    Object.assign(document, { page: undefined, section: undefined });
    if (format === 'xlsx') await addObjects(bytes, context);
    document.title = workbook.Props?.Title;
    document.describe('author', workbook.Props?.Author);
    document.describe('subject', workbook.Props?.Subject);
    document.describe('created', workbook.Props?.CreatedDate && new Date(workbook.Props.CreatedDate).toISOString());
  },
});
