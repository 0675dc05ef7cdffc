import { describe, expect, it } from 'vitest';
import type { OcrSettings } from '../ocr/settings.ts';
import { buildPdf, drawPage } from '../testing/draw-page.ts';
import { failureOf, parse } from '../testing/parse.ts';

const ocr: OcrSettings = { languages: ['eng'], folders: [], pageDeadlineMs: 60_000 };
const scan = (...lines: string[]) => drawPage(lines, { format: 'jpeg' });
const WRITTEN =
  'This page was written by a program and carries text of its own, which is taken as it is, since no picture of it could say more.';

describe('scanned pdf', { timeout: 60_000 }, () => {
  it('is read by OCR page by page; text pages are left alone', async () => {
    const jpeg = scan('Minutes of the second meeting');
    const { text, blocks, warnings, pageCount } = await parse(
      buildPdf([{ text: WRITTEN }, { jpeg }, { text: WRITTEN, jpeg }, {}]),
      'a.pdf',
      {},
      ocr,
    );
    expect(blocks.map(({ page, start, end }) => [page, text.slice(start, end)])).toEqual([
      [1, WRITTEN],
      [2, 'Minutes of the second meeting'],
      [3, WRITTEN],
    ]);
    expect(pageCount).toBe(4);
    expect(warnings).toEqual(['1 of 4 pages are blank or contain only images, so they have no text.']);
  });

  it('does not mistake a stamp for the text of a scan', async () => {
    const jpeg = scan('Deed of sale', 'of the old mill');
    const { text } = await parse(buildPdf([{ jpeg, text: 'Received 3 May' }]), 'a.pdf', {}, ocr);
    expect(text).toContain('Deed of sale');
    expect(text).toContain('Received 3 May');
  });

  it('reports that there is nothing to read', async () => {
    const failure = await failureOf(parse(buildPdf([{ jpeg: scan() }]), 'a.pdf', {}, ocr));
    expect(failure.reason).toBe('empty');
    expect(failure.message).toContain('only images (1 page)');
    expect((await failureOf(parse(buildPdf([{}]), 'a.pdf', {}, ocr))).message).toBe('The document contains no text.');
  });

  it('leaves images with too many pixels blank', async () => {
    const file = buildPdf([{ jpeg: scan('A picture of a million pixels') }]);
    expect((await failureOf(parse(file, 'a.pdf', { maxImagePixels: 1_000_000 }, ocr))).reason).toBe('empty');
    expect((await parse(file, 'a.pdf', { maxImagePixels: 1_100_000 }, ocr)).text).toBe('A picture of a million pixels');
  });

  it('is handed back at its first scanned page, and a text PDF never is', async () => {
    const jpeg = scan('Scan');
    await expect(parse(buildPdf([{ text: WRITTEN }, { jpeg }]), 'a.pdf', {}, 'defer')).rejects.toThrow('recognition');
    expect((await parse(buildPdf([{ text: WRITTEN }]), 'a.pdf', {}, 'defer')).text).toBe(WRITTEN);
    const off = await parse(buildPdf([{ text: WRITTEN }, { jpeg }]), 'a.pdf');
    expect(off.warnings).toEqual(['1 of 2 pages are blank or contain only images, so they have no text.']);
  });
});
