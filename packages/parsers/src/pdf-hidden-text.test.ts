import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countHiddenText } from './pdf-hidden-text.ts';
import { parse } from './testing/parse.ts';
import { writePdf } from './testing/pdf-file.ts';

function stream(content: string, isPacked = false): Buffer {
  const data = isPacked ? deflateSync(Buffer.from(content, 'latin1')) : Buffer.from(content, 'latin1');
  const filter = isPacked ? '/Filter /FlateDecode ' : '';
  return Buffer.concat([
    Buffer.from(`5 0 obj\n<< ${filter}/Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\n'),
  ]);
}

describe('hidden text of a PDF', () => {
  it.each([
    ['white by gray', '1 g BT (Secret) Tj ET', 1],
    ['white by RGB', '1 1 1 rg BT [(Sec) -20 (ret)] TJ <4142> Tj ET', 2],
    ['white by CMYK', '0 0 0 0 k BT (Secret) Tj ET', 1],
    ['white by color space', '/Cs1 cs 1 1 1 sc BT (a\\)b) Tj ET', 1],
    ['without ink', 'BT 3 Tr (Secret) Tj 0 Tr (shown) Tj ET', 1],
    ['restored', 'q 1 g Q BT (shown) Tj ET', 0],
    ['spaces', '1 g BT ( ) Tj ET', 0],
    ['on a dark bar', '0 0 1 rg 0 0 90 20 re f 1 g BT (Heading) Tj ET', 0],
    ['on white paint', '1 g 0 0 90 20 re f BT (Secret) Tj ET', 1],
    ['the text layer of a scan', 'q 612 0 0 792 0 0 cm /Im Do Q BT 3 Tr (Word) Tj ET', 0],
    ['after an image in the text', '1 g BI /W 1 /H 1 ID (( EI 3 Tr BT (Word) Tj ET', 0],
  ])('%s', (_, content, count) => {
    expect(countHiddenText(stream(content))).toBe(count);
    expect(countHiddenText(stream(`${content}\n`, true))).toBe(count);
  });

  it('is read, with a warning', async () => {
    const pdf = Buffer.from(writePdf([[[72, 700, 12, 'Shown on the page']]])).toString('latin1');
    const hidden = pdf.replace('BT /F1', '1 g BT /F1').replace(/Length (\d+)/, (_, length) => `Length ${+length + 4}`);
    const { text, warnings } = await parse(Buffer.from(hidden, 'latin1'), 'a.pdf');
    expect(text).toBe('Shown on the page');
    expect(warnings).toEqual([expect.stringMatching(/^1 piece of text is white/)]);
  });

  it('takes as long as the content, whatever is in it', () => {
    for (const part of ['(', '1 ', '<', '%', '/', 'ID ', 'BI ID  EI', '1 1 1 ']) {
      expect(countHiddenText(stream(`1 g BT ${part.repeat(100_000)} (x) Tj`))).toBeTypeOf('number');
    }
  });
});
