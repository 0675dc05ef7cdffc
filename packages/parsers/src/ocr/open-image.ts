import { ParseFailure } from '@lorebox/ports/parser';
import type { Metadata } from 'sharp';
import type { ImagePage } from './image-page.ts';
import { readBmp } from './read-bmp.ts';
import { refuseStart } from './refuse-start.ts';

export interface OpenImage {
  /** Each function opens one page. Nothing is decoded before. */
  pages: (() => ImagePage)[];
  isAnimated: boolean;
}

const DECODERS = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'];

/** Loads the image library with only the decoders that are needed. */
export async function loadSharp(): Promise<typeof import('sharp').default> {
  const { default: sharp } = await import('sharp').catch(refuseStart);
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: DECODERS.map((name) => `VipsForeignLoad${name}`) });
  return sharp;
}

/** @throws ParseFailure if it is not a readable image, or has more pixels than allowed. Only reads the header. */
export async function openImage(bytes: Uint8Array, maxPixels: number): Promise<OpenImage> {
  const sharp = await loadSharp();
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) {
    const page = await readBmp(bytes, (width, height) => checkSize(width, height, maxPixels));
    return { pages: [() => page], isAnimated: false };
  }
  const isHeic = /^(?:hei[cmsx]|hev[cmsx])/.test(Buffer.from(bytes.subarray(8, 12)).toString('latin1'));
  const options = { limitInputPixels: false, failOn: 'error' } as const;
  const metadata = await sharp(bytes, options)
    .metadata()
    .catch((error) => (isHeic ? refuseHeic(error) : refuse(error)));
  // The header of a photo is readable also if its pixels aren't.
  const canDecode = sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false;
  if (metadata.compression === 'hevc' && !canDecode) refuseHeic();
  const isBook = metadata.format === 'tiff';
  const count = isBook ? (metadata.pages ?? 1) : 1;
  checkSize(metadata.width, metadata.height, maxPixels);
  const sizes = [sizeOf(metadata)];
  for (let page = 1; page < count; page++) {
    const next = await sharp(bytes, { ...options, page })
      .metadata()
      .catch(refuse);
    checkSize(next.width, next.height, maxPixels);
    sizes.push(sizeOf(next));
  }
  const pages = sizes.map((size, page) => () => ({ pixels: sharp(bytes, { ...options, page }).autoOrient(), ...size }));
  return { pages, isAnimated: !isBook && (metadata.pages ?? 1) > 1 };
}

function sizeOf({ autoOrient }: Metadata): { width: number; height: number } {
  return autoOrient;
}

function checkSize(width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  const millions = Math.max(1, Math.round(maxPixels / 1e6));
  throw new ParseFailure(
    'too-large',
    `This image has ${width} × ${height} pixels, but the limit is ${millions} million. Scale it down and upload it again.`,
  );
}

function refuseHeic(cause?: unknown): never {
  throw new ParseFailure(
    'unsupported',
    "HEIC photos are compressed with HEVC, which this server can't decode. Export the photo as JPEG or PNG and upload that. On an iPhone, Settings > Camera > Formats > Most Compatible takes JPEG photos.",
    { cause },
  );
}

function refuse(cause: unknown): never {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/unsupported|blocked|not supported|compression format/i.test(message)) {
    throw new ParseFailure(
      'unsupported',
      'Unsupported image format. Save the image as PNG, JPEG or TIFF and upload that.',
      { cause },
    );
  }
  throw new ParseFailure('damaged', 'This image is damaged or incomplete. Upload a complete copy.', { cause });
}
