import type { Chunk, Document } from '@lorebox/contract/document';
import type { Passage } from '../chat/passage.ts';
import type { Stores } from '../core.ts';
import { keySentences } from '../text/key-sentences.ts';
import { splitSentences } from '../text/sentences.ts';

type Documents = Pick<Stores, 'documents'>['documents'];
/** A passage before it has a number. */
export type UnnumberedPassage = Omit<Passage, 'n'>;

interface Range {
  start: number;
  end: number;
}

const PAGE = 200;
/** Adjacent chunks of a page are joined up to this length, so that a citation stays specific. */
const MAX_JOINED_LENGTH = 1600;
/** More text than any context window holds is not read at once. */
const MAX_READ_LENGTH = 2_000_000;
/** The beginning of a document says what it is. */
const MAX_LEAD_LENGTH = 400;
/** Key sentences closer than this are one passage. */
const MAX_GAP = 200;

/** The whole text of a document as passages, in reading order. */
export async function readWholeDocument(documents: Documents, document: Document): Promise<UnnumberedPassage[]> {
  const found = await documents.readText(document.id, 0, MAX_READ_LENGTH);
  if (!found) return [];
  const passages: UnnumberedPassage[] = [];
  for (const chunk of await listAllChunks(documents, document.id)) {
    const last = passages.at(-1);
    const canJoin =
      last !== undefined &&
      last.page === chunk.page &&
      last.section === chunk.section &&
      last.startTime === null &&
      // What stands between is excluded from reading, such as a page number.
      found.text.slice(last.end, chunk.start).trim() === '' &&
      chunk.end - last.start <= MAX_JOINED_LENGTH;
    if (canJoin)
      passages[passages.length - 1] = { ...last, end: chunk.end, text: found.text.slice(last.start, chunk.end) };
    else passages.push(toPassage(document, chunk, chunk.start, chunk.end, found.text));
  }
  return passages;
}

/** The beginning of a document and its key sentences, at most `maxLength` characters, in reading order. */
export async function readKeySentences(
  documents: Documents,
  document: Document,
  maxLength: number,
): Promise<UnnumberedPassage[]> {
  const found = await documents.readText(document.id, 0, MAX_READ_LENGTH);
  if (!found) return [];
  const chunks = await listAllChunks(documents, document.id);
  const [first] = chunks;
  const excluded = excludedRanges(chunks, found.text);
  const lead = leadOf(found.text, first, Math.min(MAX_LEAD_LENGTH, maxLength / 3));
  const key = keySentences(found.text, maxLength - (lead.end - lead.start)).filter(
    (span) => span.start >= lead.end && !overlapsAny(span, excluded),
  );
  const spans = joinNear(lead.end > lead.start ? [lead, ...key] : key, excluded);
  // A text without sentences, such as a table, is represented by its beginning.
  const ranges = spans.length > 0 ? spans : [{ start: 0, end: Math.min(maxLength, found.text.length) }];
  return toPassages(document, chunks, ranges, found.text);
}

/** Ranges of a document as passages. */
export async function readRanges(
  documents: Documents,
  document: Document,
  ranges: readonly Range[],
): Promise<UnnumberedPassage[]> {
  const found = await documents.readText(document.id, 0, MAX_READ_LENGTH);
  return found ? toPassages(document, await listAllChunks(documents, document.id), ranges, found.text) : [];
}

function toPassages(
  document: Document,
  chunks: readonly Chunk[],
  ranges: readonly Range[],
  text: string,
): UnnumberedPassage[] {
  return ranges.flatMap(({ start, end }) => {
    const chunk = chunks.findLast((candidate) => candidate.start <= start) ?? chunks[0];
    return chunk ? [toPassage(document, chunk, start, end, text)] : [];
  });
}

/** Whole sentences at the beginning of the first chunk. Empty if the first one is too long. */
function leadOf(text: string, chunk: Range | undefined, maxLength: number): Range {
  const { start: from, end: to } = chunk ?? { start: 0, end: 0 };
  const sentences = splitSentences(text.slice(from, Math.min(to, from + 2 * MAX_LEAD_LENGTH)));
  const start = sentences[0]?.start ?? 0;
  const last = sentences.findLast(({ end }) => end <= maxLength);
  return { start: from + start, end: from + Math.max(start, last?.end ?? 0) };
}

/** Text that is stored but belongs to no chunk, such as menus and page numbers. */
function excludedRanges(chunks: readonly Range[], text: string): Range[] {
  const ends = [{ start: 0, end: 0 }, ...chunks];
  const starts = [...chunks, { start: text.length, end: text.length }];
  return ends
    .map(({ end }, i) => ({ start: end, end: starts[i]?.start ?? end }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

function overlapsAny({ start, end }: Range, ranges: readonly Range[]): boolean {
  return ranges.some((range) => range.start < end && start < range.end);
}

function joinNear(spans: readonly Range[], excluded: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { start, end } of spans) {
    const last = joined.at(-1);
    const isNear = last && start - last.end <= MAX_GAP && end - last.start <= MAX_JOINED_LENGTH;
    if (isNear && !overlapsAny({ start: last.end, end: start }, excluded)) last.end = end;
    else joined.push({ start, end });
  }
  return joined;
}

/** All chunks of a document, in reading order, as far as it is read at once. */
export async function listAllChunks(documents: Documents, id: string): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await documents.listChunks(id, { cursor, limit: PAGE });
    chunks.push(...page.items);
    const isEnough = (chunks.at(-1)?.end ?? 0) >= MAX_READ_LENGTH;
    if (page.nextCursor === null || isEnough) return chunks;
    cursor = page.nextCursor;
  }
}

function toPassage(document: Document, chunk: Chunk, start: number, end: number, text: string): UnnumberedPassage {
  const { id: documentId, externalId, title, filename } = document;
  const { id: chunkId, page, section, startTime, endTime } = chunk;
  const place = { page, startTime, endTime, section, start, end };
  return { chunkId, documentId, externalId, title, filename, ...place, text: text.slice(start, end), score: 1 };
}
