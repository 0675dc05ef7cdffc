import type { AnswerBasis } from '@lorebox/contract/chat';
import type { Document } from '@lorebox/contract/document';
import type { Passage } from '../chat/passage.ts';
import type { Stores } from '../core.ts';
import { readKeySentences, readWholeDocument, type UnnumberedPassage } from './read-document.ts';
import { readSummary } from './read-summary.ts';

export interface ReadDocuments {
  basis: AnswerBasis;
  /** In reading order. */
  passages: Passage[];
  /** What the model reads instead of a passage's text, by number: its summary. */
  promptTexts: ReadonlyMap<number, string>;
  /** Documents of which only a part was read. */
  shortened: Document[];
}

export interface ReadOptions {
  /** Tokens for all documents together. */
  maxTokens: number;
  countTokens(text: string): number;
}

/** A document gets at least this many tokens; with less room, fewer documents are read. */
const MIN_TOKENS_PER_DOCUMENT = 120;
/** Characters per token of a text, on the safe side. */
const CHARACTERS_PER_TOKEN = 2.5;
/** Tokens of the line before each passage. */
const HEADING_TOKENS = 24;

/**
 * Reads documents as completely as the tokens allow: whole, else as their summary, else as their key sentences. Short
 * documents leave their share to long ones.
 */
export async function readDocuments(
  stores: Pick<Stores, 'documents' | 'summaries'>,
  documents: readonly Document[],
  { maxTokens, countTokens }: ReadOptions,
): Promise<ReadDocuments> {
  const readable = documents.slice(0, Math.max(1, Math.floor(maxTokens / MIN_TOKENS_PER_DOCUMENT)));
  const lengths = await Promise.all(
    readable.map(async ({ id }) => (await stores.documents.readText(id, 0, 0))?.length ?? 0),
  );
  const order = readable.map((_, i) => i).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  const parts = new Map<number, Part>();
  let left = maxTokens;
  for (const [position, i] of order.entries()) {
    const document = readable[i];
    if (!document) continue;
    const share = Math.floor(left / (order.length - position));
    const part = await readOne(stores, document, lengths[i] ?? 0, { maxTokens: share, countTokens });
    parts.set(i, part);
    left -= part.tokens;
  }
  return number(readable, parts);
}

interface Part {
  kind: 'whole' | 'summary' | 'key-sentences';
  passages: UnnumberedPassage[];
  /** Summaries of the passages, in order. */
  summaries: readonly string[] | null;
  tokens: number;
}

async function readOne(
  stores: Pick<Stores, 'documents' | 'summaries'>,
  document: Document,
  length: number,
  { maxTokens, countTokens }: ReadOptions,
): Promise<Part> {
  const costOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + countTokens(text) + HEADING_TOKENS, 0);
  if (length <= maxTokens * 6) {
    const passages = await readWholeDocument(stores.documents, document);
    const tokens = costOf(passages.map(({ text }) => text));
    if (tokens <= maxTokens) return { kind: 'whole', passages, summaries: null, tokens };
  }
  const summary = await readSummary(stores, document, (texts) => costOf(texts) <= maxTokens);
  if (summary) return { kind: 'summary', ...summary, tokens: costOf(summary.summaries) };
  for (let maxLength = maxTokens * CHARACTERS_PER_TOKEN; ; maxLength /= 1.5) {
    const passages = await readKeySentences(stores.documents, document, maxLength);
    const tokens = costOf(passages.map(({ text }) => text));
    if (tokens <= maxTokens || maxLength < 200) return { kind: 'key-sentences', passages, summaries: null, tokens };
  }
}

function number(documents: readonly Document[], parts: ReadonlyMap<number, Part>): ReadDocuments {
  const passages: Passage[] = [];
  const promptTexts = new Map<number, string>();
  const shortened: Document[] = [];
  for (const [i, document] of documents.entries()) {
    const part = parts.get(i);
    if (!part) continue;
    if (part.kind === 'key-sentences') shortened.push(document);
    for (const [at, passage] of part.passages.entries()) {
      const n = passages.length + 1;
      passages.push({ n, ...passage });
      const summary = part.summaries?.[at];
      if (summary !== undefined) promptTexts.set(n, summary);
    }
  }
  const isWhole = [...parts.values()].every(({ kind }) => kind === 'whole');
  return { basis: isWhole ? 'documents' : 'summaries', passages, promptTexts, shortened };
}
