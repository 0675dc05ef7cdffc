import type { ParsedBlock, ParsedDocument } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { strToU8, zipSync } from 'fflate';
import { DEFAULT_LIMITS, type ParseLimits } from '../limits.ts';
import type { OcrMode } from '../ocr/settings.ts';
import { parseBytes } from '../parse-file.ts';

/** Parses text or bytes under a name, with optional limits. */
export function parse(
  content: string | Uint8Array,
  filename: string,
  limits: Partial<ParseLimits> = {},
  ocr: OcrMode = 'off',
): Promise<ParsedDocument> {
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  return parseBytes(bytes, filename, { limits: { ...DEFAULT_LIMITS, ...limits }, ocr });
}

/** Returns the failure that parsing ends with. */
export async function failureOf(result: Promise<unknown>): Promise<ParseFailure> {
  const error = await result.then(
    () => new Error('it was parsed'),
    (reason: unknown) => reason,
  );
  if (error instanceof ParseFailure) return error;
  throw error;
}

/** Returns "kind: text" for each block, and checks that the offsets are valid and cover everything. */
export function listBlocks(
  { text, blocks }: ParsedDocument,
  show: (block: ParsedBlock) => string = (b) => b.kind,
): string[] {
  let end = 0;
  return blocks.map((block) => {
    if (text.slice(end, block.start).trim() !== '' || block.end <= block.start)
      throw new Error('blocks do not cover the text');
    end = block.end;
    return `${show(block)}: ${text.slice(block.start, block.end)}`;
  });
}

export function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries));
}
