import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { OcrSettings } from '../ocr/settings.ts';
import { drawPage } from '../testing/draw-page.ts';
import { failureOf, parse } from '../testing/parse.ts';

const LINES = [
  'The harbour master counted nine boats,',
  'three of them under a foreign flag,',
  'before the fog closed the bay.',
];
const TEXT = LINES.join(' ');
const ocr: OcrSettings = { languages: ['eng'], folders: [], pageDeadlineMs: 60_000 };
const read = (image: Uint8Array, limits = {}) => parse(image, 'scan', limits, ocr);
const page = (size = 34) => drawPage(LINES, { width: 800, height: 500, size });
const white = { background: '#fff' };

describe('image', { timeout: 60_000 }, () => {
  it.each([
    ['upright', 0],
    ['on its right side', 90],
    ['on its head', 180],
    ['on its left side', 270],
    ['slanted to the right', 4],
    ['slanted to the left', -11],
    ['slanted and on its side', 93],
  ])('is read %s', async (_, degrees) => {
    const document = await read(await sharp(page()).rotate(degrees, white).png().toBuffer());
    expect(document.text.replace(/\s+/g, ' ')).toContain(TEXT);
    expect(document).toMatchObject({ format: 'image', pageCount: 1, warnings: [] });
    expect(document.blocks[0]).toMatchObject({ page: 1 });
  });

  it.each([
    ['jpeg', () => sharp(page()).jpeg({ quality: 70 })],
    ['CMYK jpeg', () => sharp(page()).toColourspace('cmyk').jpeg()],
    ['webp', () => sharp(page()).webp()],
    ['gif', () => sharp(page()).gif()],
    ['avif', () => sharp(page()).avif()],
    ['png of 16 bits', () => sharp(page()).toColourspace('rgb16').png()],
    ['transparent png', () => sharp(page()).threshold().negate().toColourspace('b-w').extractChannel(0)],
    ['turned by its Exif note', () => sharp(page()).rotate(270, white).withMetadata({ orientation: 6 }).jpeg()],
    ['of small print', () => sharp(page(13)).png()],
  ])('is read as %s', async (_, draw) => {
    const document = await read(await draw().toBuffer());
    expect(document.text.replace(/\s+/g, ' ')).toContain(TEXT);
  });

  it('is read as a Windows bitmap', async () => {
    const { data, info } = await sharp(page()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect((await read(bitmap(data, info.width, info.height))).text.replace(/\s+/g, ' ')).toContain(TEXT);
  });

  it('with several pages gives each page its number', async () => {
    const pages = [drawPage(['First sheet of two'], { height: 300 }), drawPage(['Second sheet'], { height: 300 })];
    const tiff = await sharp(pages, { join: { animated: true } })
      .tiff()
      .toBuffer();
    const { text, blocks, pageCount } = await read(tiff);
    expect(pageCount).toBe(2);
    expect(blocks.map(({ page, start, end }) => [page, text.slice(start, end)])).toEqual([
      [1, 'First sheet of two'],
      [2, 'Second sheet'],
    ]);
  });

  it('with animation is read once, with a warning', async () => {
    const frames = [drawPage(['Only the first'], { height: 300 }), drawPage(['Never the second'], { height: 300 })];
    const { text, warnings } = await read(
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    );
    expect(text).toBe('Only the first');
    expect(warnings).toEqual(['Only the first frame of this animation was read.']);
  });

  it('that is hard to read adds a warning with the page and its confidence', async () => {
    const blurred = await sharp(page(22)).blur(3.4).png().toBuffer();
    const outcome = await read(blurred);
    expect(outcome.warnings.join()).toMatch(
      /^The page was recognized with \d\d% confidence\. Check it against the original\.$/,
    );
    const strict = await parse(blurred, 'scan', {}, { ...ocr, minConfidence: 99 });
    expect(strict.blocks.every(({ excluded }) => excluded === 'low-confidence')).toBe(true);
    expect(strict.warnings.join()).toContain('stored but not searched');
  });

  it.each([
    ['blank', () => sharp(drawPage([], { height: 400 }))],
    [
      'noise',
      () =>
        sharp({
          create: {
            width: 500,
            height: 400,
            channels: 3,
            background: '#fff',
            noise: { type: 'gaussian', mean: 150, sigma: 60 },
          },
        }),
    ],
    ['one pixel', () => sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })],
    ['one line of pixels', () => sharp({ create: { width: 3000, height: 1, channels: 3, background: '#000' } })],
  ])('of %s has no text', async (_, draw) => {
    expect((await failureOf(read(await draw().png().toBuffer()))).reason).toBe('empty');
  });

  it('is rejected if it is a bomb (by its header), damaged or of an unknown kind', async () => {
    const bomb = Buffer.from(await sharp(page()).png().toBuffer());
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const failure = await failureOf(read(bomb));
    expect(failure.reason).toBe('too-large');
    expect(failure.message).toContain('60000 × 60000');
    expect((await failureOf(read(bitmap(Buffer.alloc(0), 40_000, 40_000)))).reason).toBe('too-large');
    const jpeg = await sharp(page()).jpeg().toBuffer();
    expect((await failureOf(read(jpeg.subarray(0, 300)))).reason).toBe('damaged');
    expect((await failureOf(read(jpeg.subarray(0, jpeg.length / 2)))).reason).toBe('damaged');
    const avif = (await sharp(page()).avif().toBuffer()).toString('latin1');
    const heic = avif.replace('ftypavif', 'ftypheic').replaceAll('av01', 'hvc1').replaceAll('av1C', 'hvcC');
    expect((await failureOf(read(Buffer.from(heic, 'latin1')))).message).toMatch(/HEVC.*JPEG/);
    expect((await failureOf(read(Buffer.from(`8BPS\0\x01${'\0'.repeat(60)}`, 'latin1')))).reason).toBe('unsupported');
    expect((await failureOf(read(page(), { maxImagePixels: 1000 }))).reason).toBe('too-large');
  });

  it('reports where to put the data of a missing language', async () => {
    const failure = await failureOf(parse(page(), 'scan', {}, { ...ocr, languages: ['eng', 'tlh'] }));
    expect(failure.reason).toBe('needs-ocr');
    expect(failure.message).toContain('Copy tlh.traineddata to the folder "ocr"');
  });

  it('is handed back or rejected without OCR', async () => {
    expect((await failureOf(parse(page(), 'scan'))).reason).toBe('needs-ocr');
    await expect(parse(page(), 'scan', {}, 'defer')).rejects.toThrow('text recognition');
  });
});

/** 24 bits per pixel, bottom to top. */
function bitmap(rgb: Buffer, width: number, height: number): Buffer {
  const stride = (width * 3 + 3) & ~3;
  const rows = rgb.length === 0 ? 0 : height;
  const file = Buffer.alloc(54 + stride * rows);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        file[54 + (height - 1 - y) * stride + x * 3 + channel] = rgb[(y * width + x) * 3 + 2 - channel] ?? 0;
      }
    }
  }
  return file;
}
