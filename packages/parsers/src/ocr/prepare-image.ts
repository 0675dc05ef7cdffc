import type { Sharp } from 'sharp';
import { findSkew } from './find-skew.ts';

/** A page as the engine gets it. */
export interface PreparedImage {
  png: Buffer;
  /** It shows a few words at most. */
  isSparse: boolean;
  width: number;
  height: number;
}

/** A sheet of A4 at 250 dots an inch. Beyond that letters get coarse outlines, and time is lost. */
export const MAX_SIDE = 3000;
/** The small print of screens is read better when enlarged; larger letters are not. */
const WANTED_SIDE = 2400;
const MAX_ENLARGEMENT = 2;
const SKEW_SIDE = 1000;
const FEW_EDGES = 8000;

/** Factor by which an image is scaled before it is read. */
export function chooseScale(width: number, height: number): number {
  const side = Math.max(width, height);
  if (side > MAX_SIDE) return MAX_SIDE / side;
  return Math.max(1, Math.min(MAX_ENLARGEMENT, WANTED_SIDE / side));
}

/** Grey on white, in a size that suits the engine, with its lines level. They may still stand on their head. */
export async function prepareImage(image: Sharp, width: number, height: number): Promise<PreparedImage> {
  const { default: sharp } = await import('sharp');
  const scale = chooseScale(width, height);
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

/** The same page, standing on its head. */
export async function turnOver({ png, isSparse }: PreparedImage): Promise<PreparedImage> {
  const { default: sharp } = await import('sharp');
  return { ...(await encode(sharp(png).rotate(180))), isSparse };
}

async function encode(image: Sharp): Promise<Omit<PreparedImage, 'isSparse'>> {
  const { data, info } = await image
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}
