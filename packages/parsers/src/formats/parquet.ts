import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { ParseFailure } from '@lorebox/ports/parser';
import { type Compressors, parquetMetadata, parquetRead, parquetSchema, type SchemaTree } from 'hyparquet';
import { defineFormat } from '../format-parser.ts';

const MAX_ROWS = 100_000;
const BATCH_ROWS = 5000;
const MAX_PAGE_BYTES = 256 * 1024 * 1024;

/** The size of a page is declared in the file, so it is checked before memory is taken. */
function bound(unpack: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array) {
  return (bytes: Uint8Array, length: number) => {
    if (length > MAX_PAGE_BYTES)
      throw new ParseFailure('too-large', 'A page of this Parquet file is too large to read.');
    return unpack(bytes, { maxOutputLength: Math.max(1, length) });
  };
}

const COMPRESSORS: Compressors = {
  GZIP: bound(gunzipSync),
  BROTLI: bound(brotliDecompressSync),
  ZSTD: bound(zstdDecompressSync),
};

function show(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const iso = value.toISOString();
    return iso.endsWith('T00:00:00.000Z')
      ? iso.slice(0, 10)
      : iso
          .replace('T', ' ')
          .replace(/(:00)?\.000Z$/, '')
          .replace('Z', '');
  }
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(show).join(', ');
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${show(part)}`)
    .join(', ');
}

function describeColumn({ element }: SchemaTree): string {
  const type = element.logical_type?.type ?? element.converted_type ?? element.type ?? 'group';
  return `${element.name} ${type}`;
}

/** Parquet files: the schema and the rows as a table. */
export const parquetParser = defineFormat({
  formats: ['parquet'],
  async parse(bytes, { document }) {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const metadata = parquetMetadata(file);
    const columns = parquetSchema(metadata).children;
    document.add('code', columns.map(describeColumn).join('\n'));
    document.addRow(columns.map(({ element }) => element.name));
    const total = Number(metadata.num_rows);
    const rows = Math.min(total, MAX_ROWS);
    for (let rowStart = 0; rowStart < rows; rowStart += BATCH_ROWS) {
      const range = { rowStart, rowEnd: Math.min(rows, rowStart + BATCH_ROWS) };
      await parquetRead({
        file,
        metadata,
        compressors: COMPRESSORS,
        ...range,
        onComplete: (batch: unknown[][]) => {
          for (const row of batch) document.addRow(row.map(show));
        },
      });
    }
    if (total > rows) document.warn(`Only the first ${rows} of ${total} rows were read. Export the rest as CSV.`);
  },
});
