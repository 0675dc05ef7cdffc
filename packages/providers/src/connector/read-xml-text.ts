import { AppError } from '@lorebox/contract/errors';
import type { SourceResponse } from '@lorebox/ports/connector';

const MAX_BYTES = 16 * 1024 * 1024;

/** Decodes XML with its declared encoding, or UTF-8 if there is none. */
export async function readXmlText(response: SourceResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new AppError('SOURCE_FAILED', `The response of ${response.url.host} is too large.`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const named = /charset=["']?([\w-]+)/i.exec(response.header('content-type') ?? '')?.[1];
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1];
  return decode(bytes, declared ?? named ?? 'utf-8');
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
