import type { ExclusionReason, ParsedBlock, ParsedDocument } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { cleanText, squeezeText } from './clean-text.ts';
import { replacePayloads } from './replace-payloads.ts';

export type BlockKind = ParsedBlock['kind'];

export interface BlockPlace {
  level?: number;
  page?: number;
  section?: string;
  startTime?: number;
  endTime?: number;
  excluded?: ExclusionReason;
}

const STRETCH_LENGTH = 65_536;
/** Shorter blocks can't hold encoded data worth replacing. */
const MIN_PAYLOAD_BLOCK = 20;
const LEADERS = /(?:[ \t]?[.·…]){5,}/g;

/**
 * Joins the cells of a table row with ` | `. Keeps empty cells except trailing ones. A `|` in a cell loses the spaces
 * around it, so that the row can be split into the same cells.
 */
export function joinCells(cells: readonly string[]): string {
  const clean = cells.map((cell) => tightenBars(squeezeText(cell)));
  while (clean.length > 0 && clean[clean.length - 1] === '') clean.pop();
  const row = clean.join(' | ').trim();
  return row.includes('|  |') ? row.replaceAll('|  |', '| |').replaceAll('|  |', '| |') : row;
}

function tightenBars(cell: string): string {
  if (!cell.includes('|')) return cell;
  return cell === '|' ? '¦' : cell.replaceAll(' |', '|').replaceAll('| ', '|');
}

/** Collects cleaned blocks and tracks their offsets. Page and section apply until they are changed. */
export class DocumentBuilder {
  page: number | undefined;
  section: string | undefined;
  /** Why the blocks that follow are not searched. */
  excluded: ExclusionReason | undefined;
  /** Names of the nested files being read. They prefix every section and warning. */
  within: readonly string[] = [];
  /** Pages of a nested file don't count for the whole: its blocks get the page that contains the file. */
  pinned: { page: number | undefined } | undefined;
  pageCount: number | undefined;
  /** Length of a recording in seconds. */
  duration: number | undefined;
  title: string | undefined;
  readonly metadata: Record<string, string> = {};
  readonly warnings: string[] = [];
  /** Why the last nested file could not be read. Undefined if it had no text. */
  lastFailure: string | undefined;
  /** Images in the file that were already checked for text. */
  readonly imagesRead = new Set<string>();
  /** Completed parts of the text. Millions of single strings would use more memory than the text. */
  private readonly parts: string[] = [];
  private recent: string[] = [];
  private recentLength = 0;
  private readonly blocks: ParsedBlock[] = [];
  private length = 0;
  private payloads = 0;
  private firstHeading: { text: string; level: number } | undefined;
  private readonly maxLength: number;

  constructor(maxLength: number) {
    this.maxLength = maxLength;
  }

  /** Length of the text so far in UTF-16 code units. */
  get textLength(): number {
    return this.length;
  }

  /** Number of characters that can still be added. */
  get remainingLength(): number {
    return Math.max(0, this.maxLength - this.length);
  }

  get isFull(): boolean {
    return this.length > this.maxLength;
  }

  add(kind: BlockKind, text: string, place?: BlockPlace): void {
    const readable = this.withoutPayloads(text);
    const clean = kind === 'code' ? trimLines(cleanText(readable)) : shortenLeaders(cleanText(readable)).trim();
    if (clean === '' || (kind === 'table-row' && !/[^\s|]/.test(clean))) return;
    const last = this.blocks[this.blocks.length - 1];
    if (last) {
      const separator = last.kind === 'table-row' && kind === 'table-row' ? '\n' : '\n\n';
      this.append(separator);
      this.length += separator.length;
    }
    const start = this.length;
    this.length += clean.length;
    if (this.length > this.maxLength) {
      const millions = Math.max(1, Math.round(this.maxLength / 1e6));
      throw new ParseFailure(
        'too-large',
        `This file contains more than ${millions} million characters of text. Split it into smaller files and upload those.`,
      );
    }
    this.append(clean);
    const block: ParsedBlock = { kind, start, end: this.length };
    if (place?.level !== undefined) block.level = place.level;
    const page = this.pinned ? this.pinned.page : (place?.page ?? this.page);
    if (page !== undefined) block.page = page;
    const section = [...this.within, place?.section ?? this.section].filter(Boolean).join(' > ');
    if (section) block.section = section;
    if (place?.startTime !== undefined) block.startTime = place.startTime;
    if (place?.endTime !== undefined) block.endTime = place.endTime;
    const excluded = place?.excluded ?? this.excluded;
    if (excluded !== undefined) block.excluded = excluded;
    this.blocks.push(block);
    if (kind === 'heading' && !excluded) this.noteHeading(clean, place?.level ?? 1);
  }

  addRow(cells: readonly string[], place?: BlockPlace): void {
    this.add('table-row', joinCells(cells), place);
  }

  /** Sets one metadata value. Ignores empty values, so that callers don't need to check. */
  describe(name: string, value: unknown): void {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const clean = squeezeText(String(value)).slice(0, 2000);
    if (clean !== '') this.metadata[name] = clean;
  }

  warn(message: string): void {
    const text = [...this.within, message].join(': ');
    if (this.warnings.length < 50 && !this.warnings.includes(text)) this.warnings.push(text);
  }

  finish(format: string): ParsedDocument {
    if (this.payloads > 0) {
      const parts = this.payloads === 1 ? '1 part' : `${this.payloads} parts`;
      this.warn(`Encoded data, such as embedded images, was replaced by a note (${parts}).`);
    }
    // Otherwise nothing of the document would be found.
    if (this.blocks.every(({ excluded }) => excluded === 'navigation' || excluded === 'page-furniture'))
      for (const block of this.blocks) delete block.excluded;
    const title = squeezeText(this.title ?? '') || this.firstHeading?.text || '';
    return {
      text: this.parts.concat(this.recent).join(''),
      blocks: this.blocks,
      ...(title ? { title: title.slice(0, 300) } : {}),
      ...(this.pageCount === undefined ? {} : { pageCount: this.pageCount }),
      ...(this.duration === undefined ? {} : { duration: this.duration }),
      format,
      metadata: this.metadata,
      warnings: this.warnings,
    };
  }

  private withoutPayloads(text: string): string {
    if (text.length < MIN_PAYLOAD_BLOCK) return text;
    const { text: readable, count } = replacePayloads(text);
    this.payloads += count;
    return readable;
  }

  private append(piece: string): void {
    this.recent.push(piece);
    this.recentLength += piece.length;
    if (this.recentLength < STRETCH_LENGTH) return;
    this.parts.push(this.recent.join(''));
    this.recent = [];
    this.recentLength = 0;
  }

  private noteHeading(text: string, level: number): void {
    if (this.firstHeading && this.firstHeading.level <= level) return;
    // A deeper heading late in the text is not a title; a higher one near the start is.
    if (this.firstHeading && this.length > 2000) return;
    this.firstHeading = { text: squeezeText(text), level };
  }
}

/** Dots that lead the eye from a title to its page number. */
function shortenLeaders(text: string): string {
  return text.includes('....') || text.includes('. . .') || text.includes('···') || text.includes('……')
    ? text.replace(LEADERS, ' … ').replaceAll(' …  ', ' … ')
    : text;
}

function trimLines(text: string): string {
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) start = index + 1;
    else if (code !== 32 && code !== 9) break;
  }
  return text.slice(start).trimEnd();
}
