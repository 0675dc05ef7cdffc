import type { Chunk } from '@lorebox/contract/document';
import type { DocumentStore } from '@lorebox/ports/document-stores';
import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';

/** Maximum length of an expanded passage in characters. More text is likely about something else. */
const MAX_CHARACTERS = 2400;
/** Chunks to load on each side, enough for the maximum length. */
const NEIGHBOURS = 3;
/** With fewer tokens left, nothing is expanded. */
const MIN_TOKENS = 60;

/**
 * Expands the best passages with whole sentences around them, as long as tokens are left. Passages stay on their page,
 * because a citation names it. Passages of a document never overlap, so that a place has one citation number.
 */
export async function expandPassages(
  documents: Documents,
  passages: readonly Passage[],
  tokens: number,
  countTokens: (text: string) => number,
): Promise<Passage[]> {
  const expanded = [...passages];
  let left = tokens;
  for (const [i, passage] of passages.entries()) {
    if (left < MIN_TOKENS) break;
    if (passage.startTime !== null) continue; // the timestamps of a passage only cover its own text
    const page = await pageAround(documents, passage);
    const room = roomAround(expanded, passage, page, Math.min(MAX_CHARACTERS, left * 3));
    const wider = await widen(documents, passage, room, page);
    const cost = countTokens(wider.text) - countTokens(passage.text);
    if (cost <= 0 || cost > left) continue;
    expanded[i] = wider;
    left -= cost;
  }
  return expanded;
}

type Documents = Pick<DocumentStore, 'readText' | 'listChunks'>;

interface Room {
  from: number;
  to: number;
}

/** Range of the adjacent chunks on the page of the passage. */
async function pageAround(documents: Documents, { documentId, chunkId, page, start, end }: Passage): Promise<Room> {
  const ordinal = Number(chunkId.slice(chunkId.lastIndexOf('.') + 1));
  const cursor = String(ordinal - NEIGHBOURS - 1);
  const { items } = await documents.listChunks(documentId, { cursor, limit: 2 * NEIGHBOURS + 1 });
  const same = runAround(items, ordinal).filter((chunk) => chunk.page === page);
  return {
    from: Math.min(start, ...same.map((chunk) => chunk.start)),
    to: Math.max(end, ...same.map((chunk) => chunk.end)),
  };
}

/** The chunks around this one without a gap: what was excluded by hand stays out. */
function runAround(items: readonly Chunk[], ordinal: number): Chunk[] {
  const known = new Set(items.map((chunk) => chunk.ordinal));
  let [first, last] = [ordinal, ordinal];
  while (known.has(first - 1)) first -= 1;
  while (known.has(last + 1)) last += 1;
  return items.filter((chunk) => chunk.ordinal >= first && chunk.ordinal <= last);
}

/** Splits the available length between before and after the passage, up to the next passage of the same document. */
function roomAround(
  passages: readonly Passage[],
  { documentId, n, start, end }: Passage,
  page: Room,
  characters: number,
): Room {
  const others = passages.filter((other) => other.documentId === documentId && other.n !== n);
  const before = Math.max(page.from, ...others.filter((other) => other.end <= start).map((other) => other.end));
  const after = Math.min(page.to, ...others.filter((other) => other.start >= end).map((other) => other.start));
  return { from: Math.max(before, start - characters / 2), to: Math.min(after, end + characters / 2) };
}

async function widen(documents: Documents, passage: Passage, { from, to }: Room, page: Room): Promise<Passage> {
  const first = Math.floor(from);
  const found = await documents.readText(passage.documentId, first, Math.floor(to));
  if (!found) return passage;
  const sentences = splitSentences(found.text).map(({ start, end }) => ({ start: first + start, end: first + end }));
  const last = first + found.text.length;
  // The first and last sentence may be incomplete, unless the page starts or ends there.
  const isWhole = ({ start, end }: { start: number; end: number }) =>
    (start > first || first === page.from) && (end < last || last === page.to);
  const start = sentences.find((each) => isWhole(each) && each.start < passage.start)?.start ?? passage.start;
  const end = sentences.findLast((each) => isWhole(each) && each.end > passage.end)?.end ?? passage.end;
  return { ...passage, start, end, text: found.text.slice(start - first, end - first) };
}
