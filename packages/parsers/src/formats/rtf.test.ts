import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

describe('rtf', () => {
  it('reads code pages, unicode escapes, tables and headings, and skips non-text groups', async () => {
    const text = String.raw`{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}}
{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title Letter}{\author Jan}}{\*\generator Word;}{\pict ffd8}
\pard\s1 Nadpis \'e8l\'e1nku\par\pard Snow \u9731?man {\v hidden}{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\line next\par
\trowd\cellx1\cellx2\intbl A\cell B\cell\row\pard \{done\} {\footnote note}\par}`;
    const document = await parse(text, 'x.doc');
    expect(listBlocks(document)).toEqual([
      'heading: Nadpis článku',
      'paragraph: Snow ☃man Привет\nnext',
      'table-row: A | B',
      'paragraph: {done}',
      'paragraph: Note: note',
    ]);
    expect(document).toMatchObject({ format: 'rtf', title: 'Letter', metadata: { author: 'Jan' } });
  });

  it('reads the targets of links and the state of form fields', async () => {
    const link = String.raw`{\field{\*\fldinst{HYPERLINK "https://x.example/9"}}{\fldrslt{\ul the page}}}`;
    const box = String.raw`{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt}}`;
    const text = String.raw`{\rtf1 See ${link}. Paid ${box}\par}`;
    expect((await parse(text, 'x.rtf')).text).toBe('See the page (https://x.example/9). Paid ☒');
  });

  it('reads double-byte text and skips binary data', async () => {
    const text = String.raw`{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b{\*\x\bin3 }}}\par}`;
    expect((await parse(text, 'x.rtf')).text).toBe('日本');
  });

  it('fails with a ParseFailure on endless groups', async () => {
    await expect(parse(`{\\rtf1 ${'{'.repeat(100_000)}`, 'x.rtf')).rejects.toMatchObject({ reason: 'damaged' });
  });
});
