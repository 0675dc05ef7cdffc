import { utils, write } from '@e965/xlsx';
import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { parse } from './testing/parse.ts';

function record(type: number, ...parts: (Buffer | number[])[]): Buffer {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function short(...values: number[]): number[] {
  return values.flatMap((value) => [value & 255, value >> 8]);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

const wide = (text: string) => Buffer.from(text, 'utf16le');
const label = (text: string) => [...short(text.length), 1, ...wide(text)];
const seriesText = (text: string) => record(0x100d, [0, 0, text.length, 1], wide(text));
const object = (type: number) => record(0x5d, short(0x15, 0x12, type, 1), Buffer.alloc(14));
const textBox = (text: string, pieces: Buffer[]) => [
  record(0x1b6, short(0, 0, 0, 0, 0, text.length, 8, 0, 0)),
  ...pieces.map((piece) => record(0x3c, piece)),
  record(0x3c, Buffer.alloc(8)),
];

/** A workbook of one sheet with further records at the end of the sheet. */
function writeXls(records: readonly Buffer[]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Jan', 11.5]]), 'Data');
  const container = CFB.read(write(book, { type: 'buffer', bookType: 'biff8' }), { type: 'buffer' });
  const stream = Buffer.from(CFB.find(container, '/Workbook')?.content as Uint8Array);
  const content = Buffer.concat([stream.subarray(0, -4), ...records, record(0x0a)]);
  CFB.utils.cfb_add(container, '/Workbook', content);
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Buffer);
}

describe('objects of XLS sheets', () => {
  it('reads text boxes in several pieces, and printed headers', async () => {
    const header = '&LOrder 4711&RPage &P of &N';
    const { text } = await parse(
      writeXls([
        record(0x14, label(header)),
        object(6),
        ...textBox('Łódź 8899', [Buffer.from([1, ...wide('Łódź')]), Buffer.from(' 8899', 'latin1')].map(withFlags)),
        object(0x19),
        ...textBox('Comment', [withFlags(Buffer.from('Comment', 'latin1'))]),
      ]),
      'a.xls',
    );
    expect(text).toBe('Jan | 11.5\n\nŁódź 8899\n\nOrder 4711');
  });

  it('reads charts with their stored values', async () => {
    const chart = [
      record(0x809, short(0x600, 0x20, 0, 0), Buffer.alloc(8)),
      record(0x1003, Buffer.alloc(12)),
      record(0x1051, [0, 1, 0, 0, 0, 0, 0, 0]),
      seriesText('Revenue'),
      record(0x1025, Buffer.alloc(32)),
      record(0x1051, [0, 1, 0, 0, 0, 0, 0, 0]),
      seriesText('Sales'),
      record(0x1065, short(1)),
      record(0x203, short(0, 0, 0), double(7.25)),
      record(0x203, short(1, 0, 0), double(8)),
      record(0x1065, short(2)),
      record(0x204, short(0, 0, 0), label('North')),
      record(0x204, short(1, 0, 0), label('South')),
      record(0x0a),
    ];
    const { text, warnings } = await parse(writeXls(chart), 'a.xls');
    expect(text).toBe('Jan | 11.5\n\nSales\n\nRevenue | North: 7.25 | South: 8');
    expect(warnings).toEqual([]);
  });
});

/** Pieces of one-byte letters have the flag 0. */
function withFlags(piece: Buffer): Buffer {
  return piece[0] === 1 ? piece : Buffer.concat([Buffer.from([0]), piece]);
}
