import type { ParsedDocument } from '@lorebox/ports/parser';
import { expect, it } from 'vitest';
import { packDocument, unpackDocument } from './wire.ts';

it('carries all properties of blocks to the parent', async () => {
  const text = 'Head\n\nText\n\n7';
  const document: ParsedDocument = {
    text,
    blocks: [
      { kind: 'heading', start: 0, end: 4, level: 2, page: 3, section: 'Part' },
      { kind: 'paragraph', start: 6, end: 10, startTime: 1.5, endTime: 2 },
      { kind: 'paragraph', start: 12, end: 13, excluded: 'page-furniture' },
    ],
    format: 'text',
    metadata: {},
    warnings: [],
  };
  const unpacked = await unpackDocument(packDocument(document), text);
  expect(unpacked.blocks[0]).toMatchObject(document.blocks[0] ?? {});
  expect(unpacked.blocks[1]).toMatchObject(document.blocks[1] ?? {});
  expect(unpacked.blocks.map(({ excluded }) => excluded)).toEqual([undefined, undefined, 'page-furniture']);
});
