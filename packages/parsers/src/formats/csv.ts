import { CsvError, type Options, parse } from 'csv-parse/sync';
import { guessDelimiter } from '../delimiter.ts';
import { defineFormat } from '../format-parser.ts';
import { addParagraphs } from './text.ts';

/**
 * Calls back with each record. Treats quotes that don't enclose a whole field, and unclosed quotes, as ordinary
 * characters, so that a stray quote does not swallow the rest.
 */
export function readRecords(text: string, delimiter: string, onRecord: (record: string[]) => void): void {
  const bytes = Buffer.from(text);
  let read = 0;
  const options: Options = {
    delimiter,
    ...(usesBackslash(text) ? { escape: '\\' } : {}),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    // People write `a, "b, c"`. With tabs, whitespace separates the fields.
    ltrim: delimiter.trim() !== '',
    on_record(record: string[], context) {
      read = context.bytes;
      onRecord(record.map(unquote));
      return null;
    },
  };
  try {
    parse(bytes, options);
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    parse(bytes.subarray(read), { ...options, quote: false });
  }
}

/** A space after the closing quote keeps csv-parse from removing the quotes. */
function unquote(field: string): string {
  const trimmed = field.trimEnd();
  const isQuoted = trimmed.length > 1 && trimmed !== field && trimmed.startsWith('"') && trimmed.endsWith('"');
  return isQuoted ? trimmed.slice(1, -1).replaceAll('""', '"') : field;
}

/** Some programs write a quote inside a field as \\" and not as "". */
function usesBackslash(text: string): boolean {
  const sample = text.slice(0, 65_536);
  const count = (piece: string) => sample.split(piece).length - 1;
  return count('\\"') > count('""') - count(',""') - count(';""');
}

export const csvParser = defineFormat({
  formats: ['csv'],
  extensions: ['csv', 'tsv', 'tab', 'psv'],
  parse(_bytes, { document, filename, readText }) {
    let text = readText();
    const hint = /^sep=(.)\r?\n/i.exec(text.slice(0, 10));
    if (hint) text = text.slice(hint[0].length);
    const delimiter = hint?.[1] ?? guessDelimiter(text) ?? (/\.(tsv|tab)$/i.test(filename) ? '\t' : ',');
    let widest = 0;
    readRecords(text, delimiter, (record) => {
      widest = Math.max(widest, record.length);
      document.addRow(record);
    });
    if (widest === 0) addParagraphs(document, text);
  },
});
