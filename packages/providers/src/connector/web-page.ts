import { posix } from 'node:path';
import type { SourceResponse } from '@lorebox/ports/connector';

const MAX_PAGE_BYTES = 32 * 1024 * 1024;
const NO_DOCUMENT =
  /^(image|video|audio|font)\/|^text\/(css|javascript)|javascript|ecmascript|wasm|^application\/(zip|x-zip-compressed|x-tar|(x-)?gzip|(rss|atom)\+xml)/;
/** Servers use these types for unknown files. */
const UNKNOWN = /^application\/octet-stream|^binary\/|^$/;
const DOCUMENT_NAME = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|epub|rtf|md|txt|csv|eml|msg|json|xml)$/i;
export const NO_DOCUMENT_NAME =
  /\.(png|jpe?g|gif|webp|avif|svg|ico|mp[34]|webm|mov|woff2?|ttf|css|m?js|map|zip|gz|tgz|exe|dmg|iso|apk)$/i;

/** Whether a response of this type can be parsed. */
export function isDocument(type: string, pathname: string): boolean {
  return UNKNOWN.test(type) ? DOCUMENT_NAME.test(pathname) : !NO_DOCUMENT.test(type);
}

export function validatorsOf(response: SourceResponse) {
  return { etag: response.header('etag'), modified: response.header('last-modified') };
}

/** Null if the page is too long. */
export async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_PAGE_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Returns a recognizable file name. */
export function nameOf(url: URL, extension: string): string {
  const last = posix.basename(url.pathname) || url.hostname;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // Malformed percent-encoding.
  }
  return posix.extname(name) === '' ? name + extension : name;
}
