import type { Chunk, Document } from '@lorebox/contract/document';
import type { Passage } from '../chat/passage.ts';
import type { Stores } from '../core.ts';
import type { FoundTable } from './find-tables.ts';

interface Range {
  start: number;
  end: number;
}

/** A table up to this length is cited as a whole if all rows count. */
const MAX_WHOLE_LENGTH = 4000;
const MAX_CITED_ROWS = 20;
const MAX_RUNS = 8;

/**
 * Ranges of the stored text with the rows of a result: the whole table if it is short and all rows count, otherwise the
 * header and up to 20 of the rows.
 */
export function citeRows({ table }: Pick<FoundTable, 'table'>, numbers: readonly number[], rowCount: number): Range[] {
  const { rows, header } = table;
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return [];
  const whole = { start: header?.start ?? first.start, end: last.end };
  const isAll = rowCount === rows.length;
  if (isAll && whole.end - whole.start <= MAX_WHOLE_LENGTH) return [whole];
  const cited = numbers.slice(0, MAX_CITED_ROWS).flatMap((number) => rows[number - 1] ?? []);
  const ranges: Range[] = header ? [{ ...header }] : [];
  let before = header ? 0 : -1;
  for (const { number, start, end } of cited) {
    const run = ranges.at(-1);
    if (run && number === before + 1) run.end = end;
    else ranges.push({ start, end });
    before = number;
  }
  return ranges.slice(0, MAX_RUNS);
}

/** The ranges as passages of the document, numbered from `n`. */
export async function toPassages(
  stores: Pick<Stores, 'documents'>,
  { document, text }: Pick<FoundTable, 'document' | 'text'>,
  ranges: readonly Range[],
  n: number,
): Promise<Passage[]> {
  const { id: documentId, externalId, title, filename } = document;
  const passages: Passage[] = [];
  for (const { start, end } of ranges) {
    const chunk = await findChunk(stores, document, start);
    if (!chunk) continue;
    const { id: chunkId, page, section, startTime, endTime } = chunk;
    const source = { chunkId, documentId, externalId, title, filename, page, section, startTime, endTime };
    passages.push({ n: n + passages.length, ...source, start, end, text: text.slice(start, end), score: 1 });
  }
  return passages;
}

/** The chunk that contains the offset. Large tables have thousands, so they are searched by halves. */
async function findChunk(
  { documents }: Pick<Stores, 'documents'>,
  document: Document,
  at: number,
): Promise<Chunk | null> {
  let low = 0;
  let high = Math.max(0, document.chunks - 1);
  let found: Chunk | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const cursor = middle === 0 ? undefined : String(middle - 1);
    const { items } = await documents.listChunks(document.id, { cursor, limit: 1 });
    const [chunk] = items;
    if (!chunk) return found;
    if (chunk.start <= at || found === null) found = chunk;
    if (chunk.start <= at) low = middle + 1;
    else high = middle - 1;
  }
  return found;
}
