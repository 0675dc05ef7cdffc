import { Parser } from 'htmlparser2';
import type { EmbeddedImage } from './embedded-images.ts';

/** Returns the addresses of a page's images in order, including those in SVG. */
export function listPictures(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const address =
        name === 'img' ? attributes.src : name === 'image' ? (attributes.href ?? attributes['xlink:href']) : undefined;
      if (address) found.push(address);
    },
  });
  parser.end(html);
  return found;
}

/** Returns images embedded in the page as data URLs. */
export function dataPictures(html: string): EmbeddedImage[] {
  if (!html.includes('data:image/')) return [];
  return listPictures(html).flatMap((address, i) => {
    const at = address.indexOf(',') + 1;
    if (!/^data:image\/[\w.+-]+;base64$/.test(address.slice(0, Math.max(0, at - 1)))) return [];
    return [{ name: `${i + 1}`, read: () => new Uint8Array(Buffer.from(address.slice(at), 'base64')) }];
  });
}
