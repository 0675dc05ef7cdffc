import type { ParsedBlock } from '@lorebox/ports/parser';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { pushTrimmed, type Span, splitSentences } from '../text/sentences.ts';
import { cutRow } from './cut-row.ts';
import { paragraphsOf } from './paragraphs.ts';
import { findTableHeader, type TableHeader } from './table-header.ts';

export interface TextChunk extends Span {
  page: number | null;
  section: string | null;
  /** Timestamps of a recording. Null for other documents. */
  times: SpeechTimes | null;
  tokens: number;
}

export interface ChunkOptions {
  /** Maximum size of a chunk in tokens of the embedder. */
  maxTokens: number;
  countTokens(text: string): number;
}

/** A heading starts a new chunk if the current one is at least this full. */
const HEADING_BREAK = 0.25;
const MAX_SECTION_LENGTH = 200;
/** Longer names of columns don't fit with a chunk, so that rows are cut into groups of columns. */
const MAX_NAMES_LENGTH = 600;
/** Tokens of names and headings for which every embedder has room besides the chunk. */
const FREE_NAME_TOKENS = 50;
/** Minimum token estimate, because a tokenizer may count a run of any length as one token. */
const MAX_TOKEN_LENGTH = 20;

/**
 * Splits text along its structure: never across pages, at headings if the chunk is large enough, otherwise between
 * blocks, and inside a block (at sentences, then words) only if it is too long. Chunks are in order and don't overlap.
 * Together they contain everything except whitespace and excluded blocks.
 */
export function chunkText(text: string, blocks: readonly ParsedBlock[] | null, options: ChunkOptions): TextChunk[] {
  const builder = new ChunkBuilder(text, options);
  const all = blocks ?? paragraphsOf(text);
  for (const [index, block] of all.entries()) {
    if (block.kind === 'table-row') builder.addRow(block, all, index);
    else builder.add(block);
  }
  return withTimes(builder.finish(), blocks ?? []);
}

function withTimes(chunks: readonly Omit<TextChunk, 'times'>[], blocks: readonly ParsedBlock[]): TextChunk[] {
  const spoken = blocks.filter(({ startTime }) => startTime !== undefined);
  let next = 0;
  return chunks.map((chunk) => {
    while ((spoken[next]?.end ?? Number.POSITIVE_INFINITY) <= chunk.start) next++;
    const times: [number, number, number][] = [];
    for (let at = next; (spoken[at]?.start ?? Number.POSITIVE_INFINITY) < chunk.end; at++) {
      const { start = 0, startTime = 0, endTime = 0 } = spoken[at] ?? {};
      times.push([start, startTime, endTime]);
    }
    return { ...chunk, times: times.length === 0 ? null : times };
  });
}

class ChunkBuilder {
  private readonly text: string;
  private readonly options: ChunkOptions;
  private readonly chunks: Omit<TextChunk, 'times'>[] = [];
  private readonly headings: { level: number; title: string }[] = [];
  private open: (Omit<TextChunk, 'times'> & { hasBody: boolean }) | null = null;
  private page: number | undefined;
  private part: string | undefined;
  private inTable = false;
  private table: TableHeader | null = null;
  /** Names above the current row, or of the current columns if rows are cut. */
  private columnNames: string | null = null;
  private reservedTokens = 0;

  constructor(text: string, { maxTokens, countTokens }: ChunkOptions) {
    this.text = text;
    this.options = {
      maxTokens,
      countTokens: (piece) => Math.max(countTokens(piece), Math.ceil(piece.length / MAX_TOKEN_LENGTH)),
    };
  }

  add(block: ParsedBlock): void {
    // A chunk is one range of the text, so it can't continue after an excluded block.
    if (block.excluded !== undefined) {
      this.close();
      return;
    }
    this.enterPlace(block);
    if (block.kind === 'heading') this.enterHeading(block);
    if (block.kind !== 'table-row') this.leaveTable();
    const body = this.text.slice(block.start, block.end);
    const tokens = this.options.countTokens(body);
    if (tokens > this.options.maxTokens) this.addPieces(block);
    else this.append(block, tokens, block.kind !== 'heading');
  }

  /** Adds a table row under the names of its columns. The header is found where the table starts. */
  addRow(block: ParsedBlock, blocks: readonly ParsedBlock[], index: number): void {
    if (block.excluded !== undefined) {
      this.close();
      return;
    }
    this.enterPlace(block);
    if (!this.inTable) {
      this.inTable = true;
      this.table = findTableHeader(this.text, blocks, index);
    }
    const { table } = this;
    if (!table || index < table.firstRow) {
      this.add(block);
      return;
    }
    if (this.columnNames === null) this.nameColumns(table);
    const row = this.text.slice(block.start, block.end);
    const isWide = table.names.join(' | ').length > MAX_NAMES_LENGTH;
    if (!isWide && this.options.countTokens(row) <= this.options.maxTokens - this.reservedTokens) this.add(block);
    else this.addColumnGroups(block, row, table);
  }

  private nameColumns(table: TableHeader): void {
    this.columnNames = [table.title, table.names.join(' | ')].filter(Boolean).join(' > ');
    this.reservedTokens = Math.max(0, this.options.countTokens(this.columnNames) - FREE_NAME_TOKENS);
    // Names that leave no room for values are cut with the rows.
    if (this.reservedTokens > this.options.maxTokens / 2) this.reservedTokens = 0;
  }

  /** Each group of columns is a chunk with its own names and the label of the row. */
  private addColumnGroups(block: ParsedBlock, row: string, table: TableHeader): void {
    const limits = { ...this.options, maxNamesLength: MAX_NAMES_LENGTH - MAX_SECTION_LENGTH };
    const names = this.columnNames;
    for (const piece of cutRow(row, table.names, limits)) {
      this.close();
      this.columnNames = [table.title, piece.label, piece.names].filter(Boolean).join(' > ');
      const span = { ...block, start: block.start + piece.start, end: block.start + piece.end };
      if (piece.tokens > this.options.maxTokens) this.addPieces(span);
      else this.append(span, piece.tokens, true);
      this.close();
    }
    this.columnNames = names;
  }

  private leaveTable(): void {
    this.inTable = false;
    this.table = null;
    this.columnNames = null;
    this.reservedTokens = 0;
  }

  finish(): Omit<TextChunk, 'times'>[] {
    this.close();
    return this.chunks;
  }

  /** Starts a new chunk at a new page, slide, sheet or chapter. */
  private enterPlace({ page, section }: ParsedBlock): void {
    if (page !== this.page || section !== this.part) {
      this.close();
      this.leaveTable();
      if (section !== this.part) this.headings.length = 0;
    }
    this.page = page;
    this.part = section;
  }

  private enterHeading(block: ParsedBlock): void {
    const level = block.level ?? 1;
    const isFull = this.open !== null && this.open.tokens >= this.options.maxTokens * HEADING_BREAK;
    if (this.open?.hasBody && (isFull || level <= 1)) this.close();
    while ((this.headings.at(-1)?.level ?? 0) >= level) this.headings.pop();
    this.headings.push({
      level,
      title: this.text
        .slice(block.start, block.end)
        .replace(/^#+\s*/, '')
        .slice(0, MAX_SECTION_LENGTH),
    });
  }

  private append(span: Span, tokens: number, isBody: boolean): void {
    if (this.open && this.open.tokens + tokens > this.options.maxTokens - this.reservedTokens) this.close();
    if (this.open) {
      this.open.end = span.end;
      this.open.tokens += tokens;
      this.open.hasBody ||= isBody;
    } else {
      const { start, end } = span;
      this.open = { start, end, tokens, page: this.page ?? null, section: this.sectionPath(), hasBody: isBody };
    }
  }

  /** Splits a block that is too long into sentences, and long sentences into words. */
  private addPieces(block: ParsedBlock): void {
    const body = this.text.slice(block.start, block.end);
    for (const sentence of splitSentences(body)) {
      const tokens = this.options.countTokens(body.slice(sentence.start, sentence.end));
      const pieces = tokens > this.options.maxTokens ? this.splitWords(body, sentence) : [{ ...sentence, tokens }];
      for (const piece of pieces) {
        this.append({ start: block.start + piece.start, end: block.start + piece.end }, piece.tokens, true);
      }
    }
  }

  private splitWords(body: string, sentence: Span): (Span & { tokens: number })[] {
    const { maxTokens, countTokens } = this.options;
    const pieces: (Span & { tokens: number })[] = [];
    // A token has at least one character, so a run of `maxTokens` characters always fits.
    const words = body.slice(sentence.start, sentence.end).matchAll(/\S+/g);
    let current: Span | null = null;
    let used = 0;
    const flush = () => {
      if (!current) return;
      const trimmed: Span[] = [];
      pushTrimmed(trimmed, body, current.start, current.end);
      for (const span of trimmed) pieces.push({ ...span, tokens: used });
      current = null;
      used = 0;
    };
    for (const word of words) {
      for (let from = 0; from < word[0].length; from += maxTokens) {
        const part = word[0].slice(from, from + maxTokens);
        const start = sentence.start + word.index + from;
        const tokens = Math.min(countTokens(part), maxTokens);
        if (current && used + tokens > maxTokens) flush();
        current = { start: (current as Span | null)?.start ?? start, end: start + part.length };
        used += tokens;
      }
    }
    flush();
    return pieces;
  }

  private sectionPath(): string | null {
    const headings = [this.part, ...this.headings.map(({ title }) => title)].filter(isNewName).join(' > ');
    // The names of the columns matter more than all headings above them.
    const room = this.columnNames === null ? 3 * MAX_SECTION_LENGTH : MAX_SECTION_LENGTH;
    const path = [headings.slice(0, room), this.columnNames?.slice(0, MAX_NAMES_LENGTH)]
      .filter((name) => name)
      .join(' > ');
    return path === '' ? null : path;
  }

  private close(): void {
    if (!this.open) return;
    const { hasBody: _, ...chunk } = this.open;
    this.chunks.push(chunk);
    this.open = null;
  }
}

/** A bookmark and the heading it leads to are one name, whatever their case and numbering. */
function isNewName(name: string | undefined, at: number, names: readonly (string | undefined)[]): boolean {
  const before = names[at - 1]?.split(' > ').at(-1);
  return Boolean(name) && (before === undefined || comparable(before) !== comparable(name ?? ''));
}

function comparable(name: string): string {
  const text = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return text.replace(/^(?:\d+ )+/, '') || text;
}
