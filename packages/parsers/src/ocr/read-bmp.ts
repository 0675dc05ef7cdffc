import { ParseFailure } from '@lorebox/ports/parser';
import type { ImagePage } from './image-page.ts';

/** Reads Windows bitmaps, which sharp does not support, through the canvas, after checking the header. */
export async function readBmp(
  bytes: Uint8Array,
  checkSize: (width: number, height: number) => void,
): Promise<ImagePage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isComplete = bytes.byteLength >= 54;
  const [width, height] = isComplete ? [view.getInt32(18, true), Math.abs(view.getInt32(22, true))] : [0, 0];
  if (width < 1 || height < 1) throw damaged();
  checkSize(width, height);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(bytes)).catch((cause) => {
    throw damaged(cause);
  });
  if (image.width !== width || image.height !== height) throw damaged();
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const { default: sharp } = await import('sharp');
  return { pixels: sharp(data, { raw: { width, height, channels: 4 } }), width, height };
}

function damaged(cause?: unknown): ParseFailure {
  return new ParseFailure('damaged', 'This image is damaged or incomplete. Upload a complete copy.', { cause });
}
