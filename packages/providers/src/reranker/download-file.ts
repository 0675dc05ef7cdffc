import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { patientFetch } from '../llm/patient-fetch.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Downloads the first address that exists to `path`, up to `maxBytes`. If the hub provides a SHA-256, as it does for
 * large files, the bytes must match it. The origin is recorded in a file next to it.
 */
export async function downloadFirst(urls: readonly string[], path: string, maxBytes: number): Promise<void> {
  if (existsSync(path)) return;
  let status = 0;
  for (const url of urls) {
    const { response, sha256: expected } = await open(url);
    status = response.status;
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      if (status === 404) continue;
      break;
    }
    const temporary = `${path}.part`;
    try {
      const sha256 = await save(Readable.fromWeb(response.body as ReadableStream), temporary, maxBytes);
      if (expected !== null && sha256 !== expected) throw new Error('SHA-256 mismatch with the model hub');
      const origin = { url, sha256, isVerified: expected !== null };
      await writeFile(`${path}.origin.json`, `${JSON.stringify(origin)}\n`);
      await rename(temporary, path);
      return;
    } finally {
      await rm(temporary, { force: true });
    }
  }
  throw new Error(`the model hub responded with status ${status}`);
}

/** Follows redirects itself, because the digest is in the headers of the first response. */
async function open(address: string): Promise<{ response: Response; sha256: string | null }> {
  let url = address;
  let sha256: string | null = null;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await patientFetch(url, { redirect: 'manual' });
    sha256 ??= digestOf(response.headers);
    const location = response.headers.get('location');
    if (!REDIRECTS.includes(response.status) || location === null) return { response, sha256 };
    await response.body?.cancel();
    const next = new URL(location, url);
    if (url.startsWith('https:') && next.protocol !== 'https:') throw new Error('redirected to an unencrypted URL');
    url = next.href;
  }
  throw new Error(`more than ${MAX_REDIRECTS} redirects`);
}

function digestOf(headers: Headers): string | null {
  for (const name of ['x-linked-etag', 'etag']) {
    const digest = headers.get(name)?.replace(/^W\//, '').replaceAll('"', '') ?? '';
    if (SHA256.test(digest)) return digest;
  }
  return null;
}

/** Returns the SHA-256 of the saved bytes. */
async function save(body: Readable, path: string, maxBytes: number): Promise<string> {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new Error(`larger than ${Math.floor(maxBytes / 1024 ** 2)} MB (LOREBOX_MAX_MODEL_MB)`);
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(body, counted, createWriteStream(path));
  return hash.digest('hex');
}
