import type { Source } from '@lorebox/contract/chat';
import type { DocumentStore } from '@lorebox/ports/document-stores';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { splitSentences } from '../text/sentences.ts';

/** More than this around a passage is another subject. */
const MAX_CHARACTERS = 2400;
/** Chunks on each side that are looked at: as many as hold that much. */
const NEIGHBOURS = 3;
/** Less is not worth a reading. */
const MIN_TOKENS = 60;

/**
 * Gives the best sources the text around them, whole sentences, as long as there are tokens left. They stay on their page,
 * since that is what a citation names, and no two of a document come to overlap, so that a place is cited by one number.
 */
export async function expandSources(
  documents: Documents,
  sources: readonly Source[],
  tokens: number,
): Promise<Source[]> {
  const expanded = [...sources];
  let left = tokens;
  for (const [i, source] of sources.entries()) {
    if (left < MIN_TOKENS) break;
    if (source.startTime !== null) continue; // the seconds of a passage are those of its own text
    const page = await pageAround(documents, source);
    const room = roomAround(expanded, source, page, Math.min(MAX_CHARACTERS, left * 3));
    const wider = await widen(documents, source, room, page);
    const cost = estimateTokens(wider.text) - estimateTokens(source.text);
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

/** The stretch of neighbouring chunks that are on the source's own page. */
async function pageAround(documents: Documents, { documentId, chunkId, page, start, end }: Source): Promise<Room> {
  const ordinal = Number(chunkId.slice(chunkId.lastIndexOf('.') + 1));
  const cursor = String(ordinal - NEIGHBOURS - 1);
  const { items } = await documents.listChunks(documentId, { cursor, limit: 2 * NEIGHBOURS + 1 });
  const same = items.filter((chunk) => chunk.page === page);
  return {
    from: Math.min(start, ...same.map((chunk) => chunk.start)),
    to: Math.max(end, ...same.map((chunk) => chunk.end)),
  };
}

/** Half of it before and half behind, up to the next source of the same document. */
function roomAround(
  sources: readonly Source[],
  { documentId, n, start, end }: Source,
  page: Room,
  characters: number,
): Room {
  const others = sources.filter((other) => other.documentId === documentId && other.n !== n);
  const before = Math.max(page.from, ...others.filter((other) => other.end <= start).map((other) => other.end));
  const after = Math.min(page.to, ...others.filter((other) => other.start >= end).map((other) => other.start));
  return { from: Math.max(before, start - characters / 2), to: Math.min(after, end + characters / 2) };
}

async function widen(documents: Documents, source: Source, { from, to }: Room, page: Room): Promise<Source> {
  const first = Math.floor(from);
  const found = await documents.readText(source.documentId, first, Math.floor(to));
  if (!found) return source;
  const sentences = splitSentences(found.text).map(({ start, end }) => ({ start: first + start, end: first + end }));
  const last = first + found.text.length;
  // The first and the last sentence may have been cut, unless a page begins or ends there.
  const isWhole = ({ start, end }: { start: number; end: number }) =>
    (start > first || first === page.from) && (end < last || last === page.to);
  const start = sentences.find((each) => isWhole(each) && each.start < source.start)?.start ?? source.start;
  const end = sentences.findLast((each) => isWhole(each) && each.end > source.end)?.end ?? source.end;
  return { ...source, start, end, text: found.text.slice(start - first, end - first) };
}
