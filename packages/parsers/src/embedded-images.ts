import type { ParseContext } from './format-parser.ts';
import { OcrTimeout } from './ocr/engine.ts';
import { openImage } from './ocr/open-image.ts';
import { readPage } from './ocr/read-page.ts';
import { OcrNeeded, type OcrSettings } from './ocr/settings.ts';
import { readLines } from './pdf-lines.ts';
import { buildBlocks, studyTypography } from './pdf-paragraphs.ts';
import { detectSignature } from './signatures.ts';

export interface EmbeddedImage {
  name: string;
  read(): Uint8Array | undefined;
}

/** Logos, icons and rules are smaller; images of text are larger. */
const MIN_BYTES = 8 * 1024;
const MIN_WIDTH = 300;
const MIN_HEIGHT = 100;
/** Each image takes seconds. */
const MAX_IMAGES = 30;
/** Photographs yield a few low-confidence letters. */
const TRUSTED = 60;
const MIN_LETTERS = 12;

/** Adds the text of a document's images at their position. Does nothing if OCR is off. */
export async function addEmbeddedImages(images: readonly EmbeddedImage[], context: ParseContext): Promise<void> {
  const { document, ocr } = context;
  if (ocr === 'off') return;
  const read = document.imagesRead;
  for (const { name, read: open } of images) {
    if (read.has(name)) continue; // the logo on every slide
    const bytes = open();
    if (!bytes || bytes.byteLength < MIN_BYTES || detectSignature(bytes.subarray(0, 4096)) !== 'image') continue;
    if (ocr === 'defer') throw new OcrNeeded();
    if (read.size >= MAX_IMAGES) {
      document.warn(`Only the first ${MAX_IMAGES} images were checked for text.`);
      return;
    }
    read.add(name);
    await addImage({ bytes, name: name.split('/').at(-1) ?? name, total: images.length }, ocr, context);
  }
}

interface OpenedImage {
  bytes: Uint8Array;
  name: string;
  /** Number of images in the same place. */
  total: number;
}

async function addImage({ bytes, name, total }: OpenedImage, ocr: OcrSettings, context: ParseContext): Promise<void> {
  const { document, limits } = context;
  try {
    const page = (await openImage(bytes, limits.maxImagePixels)).pages[0]?.();
    if (!page || page.width < MIN_WIDTH || page.height < MIN_HEIGHT) return;
    await context.onPage(document.imagesRead.size, Math.max(total, document.imagesRead.size), 'image');
    const { text, confidence } = await readPage(page.pixels, page.width, page.height, ocr);
    const lines = readLines(text);
    const letters =
      lines
        .flatMap((line) => line.cells)
        .join('')
        .match(/\p{L}/gu)?.length ?? 0;
    if (confidence < TRUSTED || letters < MIN_LETTERS) return;
    for (const block of buildBlocks(lines, studyTypography([lines]))) {
      const section = [document.section, `Image ${name}`].filter(Boolean).join(' > ');
      if (block.cells) document.addRow(block.cells, { section });
      else document.add(block.kind === 'heading' ? 'paragraph' : block.kind, block.text, { section });
    }
  } catch (error) {
    const why = error instanceof OcrTimeout ? 'took too long to read' : 'could not be read';
    document.warn(`The image "${name}" ${why} and was skipped.`);
  }
}
