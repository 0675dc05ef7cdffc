import type { Sharp } from 'sharp';
import { findSkew } from './find-skew.ts';

/** A page prepared for the engine. */
export interface PreparedImage {
  png: Buffer;
  /** Shows a few words at most. */
  isSparse: boolean;
  width: number;
  height: number;
}

/** Longest side in pixels: A4 at 250 dpi. Larger images only take more time and give letters coarse outlines. */
export const MAX_SIDE = 3000;
/** Longest side of enlarged images in pixels. */
const ENLARGED_SIDE = 2400;
const MAX_ENLARGEMENT = 2;
const SKEW_SIDE = 1000;
const FEW_EDGES = 8000;

/**
 * Converts the image to grayscale on white, at a size that suits the engine, with horizontal lines. They may still be
 * upside down.
 */
export async function prepareImage(image: Sharp, width: number, height: number): Promise<PreparedImage> {
  const { default: sharp } = await import('sharp');
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const wanted = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const { data, info } = await image
    .flatten({ background: '#fff' })
    .resize({ ...wanted, fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const small = await sharp(data, { raw })
    .resize({ width: SKEW_SIDE, height: SKEW_SIDE, fit: 'inside', withoutEnlargement: true })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { angle, isSideways, edges } = findSkew({
    data: small.data,
    width: small.info.width,
    height: small.info.height,
  });
  const turned = sharp(data, { raw })
    .extractChannel(0)
    .rotate(-angle - (isSideways ? 90 : 0), { background: '#fff' });
  return { ...(await encode(turned)), isSparse: edges < FEW_EDGES };
}

/** Returns the same page rotated by 180 degrees. */
export async function turnOver(page: PreparedImage): Promise<PreparedImage> {
  const { default: sharp } = await import('sharp');
  return { ...page, ...(await encode(sharp(page.png).rotate(180))) };
}

/** Returns the same page enlarged, or undefined if it is large enough. */
export async function enlarge(page: PreparedImage): Promise<PreparedImage | undefined> {
  const factor = Math.min(MAX_ENLARGEMENT, ENLARGED_SIDE / Math.max(page.width, page.height));
  if (factor < 1.3) return undefined;
  const { default: sharp } = await import('sharp');
  const larger = sharp(page.png).resize({ width: Math.round(page.width * factor), kernel: 'cubic' });
  return { ...page, ...(await encode(larger)) };
}

async function encode(image: Sharp): Promise<Omit<PreparedImage, 'isSparse'>> {
  const { data, info } = await image
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}
