import { EXCLUSION_REASONS, type ParsedBlock, type ParsedDocument, type ParseRequest } from '@lorebox/ports/parser';
import type { ParseLimits } from './limits.ts';
import type { OcrMode } from './ocr/settings.ts';
import type { SpeechMode } from './speech/settings.ts';
import type { TextHeader } from './text-channel.ts';

/** Parent to child. */
export interface ChildRequest {
  request: ParseRequest;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
}

/**
 * Child to parent: `ready` once, then for each request `page` before every slow page, and at the end `text` (its bytes
 * follow on the pipe) and `done`, or `failed`, `needs-ocr` or `needs-speech`.
 */
export type ChildMessage =
  | { type: 'ready' }
  | { type: 'page'; page: number; pageCount: number; unit: 'page' | 'image' | 'minute' }
  | { type: 'needs-ocr' }
  | { type: 'needs-speech' }
  | { type: 'text'; header: TextHeader }
  | { type: 'done'; document: PackedDocument; residentBytes: number }
  | { type: 'failed'; reason: string | undefined; message: string; cause: string | undefined };

/** A document without its text. Blocks are columns, which cross the process boundary as plain bytes. */
export interface PackedDocument extends Omit<ParsedDocument, 'text' | 'blocks'> {
  kinds: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** 0 if a block has none. */
  levels: Uint8Array;
  pages: Uint32Array;
  /** Index into `sectionNames` plus one. */
  sections: Uint32Array;
  sectionNames: string[];
  /** Start and end of each block in seconds. Only for recordings. */
  times?: Float64Array;
  /** Index into EXCLUSION_REASONS plus one. Only if blocks are excluded. */
  exclusions?: Uint8Array;
}

const KINDS: ParsedBlock['kind'][] = ['heading', 'paragraph', 'list-item', 'table-row', 'code', 'quote'];
const BLOCKS_PER_TURN = 5_000;

export function packDocument(document: ParsedDocument): PackedDocument {
  const { text: _, blocks, ...rest } = document;
  const packed: PackedDocument = {
    ...rest,
    kinds: new Uint8Array(blocks.length),
    starts: new Uint32Array(blocks.length),
    ends: new Uint32Array(blocks.length),
    levels: new Uint8Array(blocks.length),
    pages: new Uint32Array(blocks.length),
    sections: new Uint32Array(blocks.length),
    sectionNames: [],
  };
  const known = new Map<string, number>();
  for (const [index, block] of blocks.entries()) {
    packed.kinds[index] = KINDS.indexOf(block.kind);
    packed.starts[index] = block.start;
    packed.ends[index] = block.end;
    packed.levels[index] = block.level ?? 0;
    packed.pages[index] = block.page ?? 0;
    if (block.startTime !== undefined && block.endTime !== undefined) {
      packed.times ??= new Float64Array(2 * blocks.length);
      packed.times.set([block.startTime, block.endTime], 2 * index);
    }
    if (block.excluded !== undefined) {
      packed.exclusions ??= new Uint8Array(blocks.length);
      packed.exclusions[index] = EXCLUSION_REASONS.indexOf(block.excluded) + 1;
    }
    if (block.section === undefined) continue;
    let section = known.get(block.section);
    if (section === undefined) {
      section = packed.sectionNames.push(block.section);
      known.set(block.section, section);
    }
    packed.sections[index] = section;
  }
  return packed;
}

/** Rebuilds the document, yielding to other work after every few thousand blocks. */
export async function unpackDocument(packed: PackedDocument, text: string): Promise<ParsedDocument> {
  const { kinds, starts, ends, levels, pages, sections, sectionNames, times, exclusions, ...rest } = packed;
  const blocks: ParsedBlock[] = [];
  for (let index = 0; index < kinds.length; index++) {
    if (index > 0 && index % BLOCKS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const block: ParsedBlock = {
      kind: KINDS[kinds[index] ?? 1] ?? 'paragraph',
      start: starts[index] ?? 0,
      end: ends[index] ?? 0,
    };
    if (levels[index]) block.level = levels[index];
    if (pages[index]) block.page = pages[index];
    if (times) Object.assign(block, { startTime: times[2 * index], endTime: times[2 * index + 1] });
    const excluded = EXCLUSION_REASONS[(exclusions?.[index] ?? 0) - 1];
    if (excluded) block.excluded = excluded;
    const section = sections[index];
    if (section) block.section = sectionNames[section - 1];
    blocks.push(block);
  }
  return { ...rest, text, blocks };
}
