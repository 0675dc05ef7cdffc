import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse } from '../testing/parse.ts';

function record(type: number, content: Buffer, isContainer = false, instance = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE((instance << 4) | (isContainer ? 15 : 0), 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function number(value: number, length = 4): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

function ppt(streams: Record<string, Buffer>): Uint8Array {
  const file = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, name, content);
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer);
}

describe('ppt', () => {
  const outline = Buffer.concat([
    record(0x03f3, number(1, 20)),
    record(0x0f9f, number(0)),
    record(0x0fa0, Buffer.from('Überschrift', 'utf16le')),
    record(0x0f9f, number(1)),
    record(0x0fa8, Buffer.from('one\rtwo', 'latin1')),
    record(0x03f3, number(2, 20)),
    record(0x0f9f, number(0)),
    record(0x0fa8, Buffer.from('Next', 'latin1')),
  ]);
  const stream = record(0x03e8, record(0x0ff0, outline, true), true);

  it('reads the outline by slide', async () => {
    const document = await parse(ppt({ 'PowerPoint Document': stream, 'Current User': Buffer.alloc(20) }), 'a.ppt');
    expect(listBlocks(document, (block) => `${block.page} ${block.kind}`)).toEqual([
      '1 heading: Überschrift',
      '1 list-item: one',
      '1 list-item: two',
      '2 heading: Next',
    ]);
    expect(document).toMatchObject({ format: 'ppt', pageCount: 2 });
  });

  it('reports encrypted Office files', async () => {
    expect((await failureOf(parse(ppt({ EncryptedPackage: stream }), 'a.docx'))).reason).toBe('encrypted');
    const user = Buffer.alloc(20);
    user.writeUInt32LE(0xf3d1c4df, 12);
    const file = ppt({ 'PowerPoint Document': stream, 'Current User': user });
    expect((await failureOf(parse(file, 'a.ppt'))).reason).toBe('encrypted');
  });
});
