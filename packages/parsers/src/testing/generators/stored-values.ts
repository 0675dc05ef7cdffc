import { utils, write } from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

interface Value {
  /** Number in the cell, and its format. */
  value: number;
  format: string;
  /** What the text must lead back to: a date and time, or the number. */
  date?: string;
  time?: string;
}

const NUMBER_FORMATS = ['General', '0', '0.0', '#,##0', '#,##0.00 "€"', '[$$-409]#,##0.00', '0.00E+00', ';;;', '@'];

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function makeValue(random: () => number): Value {
  const kind = pickInteger(random, 0, 5);
  if (kind === 0)
    return { value: Math.floor(random() * 10 ** pickInteger(random, 1, 15)), format: pickOne(random, NUMBER_FORMATS) };
  if (kind === 1)
    return {
      value: Number((random() * 10_000).toFixed(pickInteger(random, 0, 6))),
      format: pickOne(random, NUMBER_FORMATS),
    };
  if (kind === 2)
    return {
      value: Number((random() * 3).toFixed(pickInteger(random, 2, 6))),
      format: pickOne(random, ['0%', '0.0%', '0.00%']),
    };
  const minute = pickInteger(random, 0, 1439);
  const clock = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  if (kind === 3) return { value: minute / 1440, format: pickOne(random, ['hh:mm', 'h:mm', '[h]:mm']), time: clock };
  const day = pickInteger(random, 20_000, 60_000);
  const date = new Date(Date.UTC(1899, 11, 30) + day * 86_400_000).toISOString().slice(0, 10);
  const format = pickOne(random, ['dd.mm.yyyy hh:mm', 'yyyy-mm-dd', 'm/d/yy h:mm', 'd. mmm yyyy']);
  if (kind === 4 || minute === 0) return { value: day, format, date };
  return { value: day + minute / 1440, format, date: `${date} ${clock}` };
}

function writeOds(rows: readonly { name: string; value: Value }[]): Uint8Array {
  const attributes = ({ value, date, time }: Value) => {
    if (date)
      return `office:value-type="date" office:date-value="${date.replace(' ', 'T')}${date.includes(' ') ? ':00' : ''}"`;
    if (time) return `office:value-type="time" office:time-value="PT${time.replace(':', 'H')}M00S"`;
    return `office:value-type="float" office:value="${value}"`;
  };
  // What a program displays is rounded, or nothing.
  const shown = ({ value, format }: Value) => (format === ';;;' ? '' : `<text:p>${value.toPrecision(3)}</text:p>`);
  const body = rows.map(
    ({ name, value }) =>
      `<table:table-row><table:table-cell office:value-type="string"><text:p>${name}</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3"/><table:table-cell ${attributes(value)}>${shown(value)}</table:table-cell><table:table-cell table:number-columns-repeated="16379"/></table:table-row>`,
  );
  return zipSync({
    mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
    'content.xml': strToU8(
      `<office:document-content><office:body><office:spreadsheet><table:table table:name="S">${body.join('')}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
    ),
  });
}

function writeBook(rows: readonly { name: string; value: Value }[], bookType: 'xlsx' | 'biff8' | 'xlsb'): Uint8Array {
  const sheet = utils.aoa_to_sheet(rows.map(({ name, value }) => [name, null, null, null, value.value]));
  for (const [index, { value }] of rows.entries()) {
    const cell = sheet[utils.encode_cell({ r: index, c: 4 })];
    if (cell) cell.z = value.format;
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'S');
  return new Uint8Array(write(book, { type: 'buffer', bookType }));
}

/** Reads a number as a person does: without currency and grouping, a percent as its hundredth. */
function readBack(text: string): number {
  const exact = /\(([\d.E+-]+)\)$/.exec(text)?.[1];
  if (exact !== undefined) return Number(exact);
  const digits = Number(text.replace(/[^\d.E+-]/g, ''));
  return text.includes('%') ? digits / 100 : digits;
}

function isRight(text: string | undefined, { value, date, time }: Value): boolean {
  if (text === undefined) return false;
  if (date) return text === date;
  if (time) return text === time || text === time.replace(/^0/, '');
  return Math.abs(readBack(text) - value) <= Math.abs(value) * 1e-14;
}

/** Spreadsheets with numbers of up to 15 digits, dates and times of every minute, in formats that show less than that. */
export const makeStoredValues: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const kind = pickOne(random, ['xlsx', 'biff8', 'ods', 'xlsb'] as const);
  const rows = Array.from({ length: pickInteger(random, 5, 60) }, () => ({ name: token(), value: makeValue(random) }));
  return {
    filename: kind === 'biff8' ? 'values.xls' : `values.${kind}`,
    bytes: kind === 'ods' ? writeOds(rows) : writeBook(rows, kind),
    tokens: rows.map(({ name }) => name),
    check(document) {
      const lines = new Map(
        document.text.split('\n').map((line) => {
          const cells = line.split('|').map((cell) => cell.trim());
          return [cells[0], cells] as const;
        }),
      );
      return rows
        .filter(({ name, value }) => !isRight(lines.get(name)?.[4], value))
        .map(({ name, value }) => `${name}: ${JSON.stringify(value)} is "${lines.get(name)?.join(' | ')}"`);
    },
  };
};
