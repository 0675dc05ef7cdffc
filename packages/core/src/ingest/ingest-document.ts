import type { IngestJob, IngestSource, IngestStore, NewChunk } from '@lorebox/ports/document-stores';
import type { Embedder } from '@lorebox/ports/embedder';
import { type ParsedBlock, ParseFailure, type Parser } from '@lorebox/ports/parser';
import type { Clock } from '@lorebox/ports/runtime';
import { embedPassages } from '../embeddings/embed-passages.ts';
import type { TextChunk } from './chunk-text.ts';
import type { TextCutter } from './cut-text.ts';
import { minimumTokens } from './minimum-tokens.ts';

/** An embedder, and a function that batches calls to it. */
export interface ReadyEmbedder {
  embedder: Embedder;
  embed: Embedder['embed'];
}

export interface IngestDeps {
  store: IngestStore;
  texts: TextCutter;
  parser: Parser;
  /**
   * The embedder whose vectors searches use; after a failed attempt, the one that is about to replace it. The first text
   * of a workspace decides which included model fits.
   */
  embedderFor(workspaceId: string, attempts: number, text: string): Promise<ReadyEmbedder>;
  /** Whether the workspace is local only. */
  isLocalOnly(workspaceId: string): Promise<boolean>;
  pathOf(sha256: string): string;
  clock: Clock;
}

/** Chunks should contain whole paragraphs, and citations should be quick to check. */
const TARGET_TOKENS = 400;
/** Tokens of the embedder's limit that are reserved for title, section and special tokens. */
const HEADING_TOKENS = 64;
/** Chunks per commit. A crash loses at most this much, and the commit takes about 10 ms. */
const BATCH = 64;

/**
 * Ingests one document. Each stage is committed before the next one starts, and skipped if an earlier attempt completed
 * it.
 */
export async function ingestDocument(deps: IngestDeps, job: IngestJob, signal: AbortSignal): Promise<void> {
  const source = await deps.store.source(job);
  if (!source) return deps.store.finish(job);
  const { text, blocks, title } = await parsedText(deps, source, signal);
  // Untitled texts are listed by their id or first words, which would not help search.
  const hasTitle = source.source !== 'text' || source.titleGiven;
  const titled = { ...source, title: hasTitle ? title : '' };
  let total: number | null = null;
  // If the embedder of the workspace changes meanwhile, the document starts again with the new one.
  while (total === null) {
    signal.throwIfAborted();
    total = await addChunks(deps, job, titled, { text, blocks }, signal);
  }
  await deps.store.publish(job, titled, total, now(deps));
}

/**
 * Splits the text, and embeds and stores the missing chunks. Returns the number of chunks, or null if the embedder has
 * changed.
 */
async function addChunks(
  deps: IngestDeps,
  job: IngestJob,
  source: IngestSource,
  { text, blocks }: Pick<SourceText, 'text' | 'blocks'>,
  signal: AbortSignal,
): Promise<number | null> {
  const ready = await deps.embedderFor(source.workspaceId, job.attempts, text);
  const { embedder } = ready;
  const { modelId } = embedder;
  const maxTokens = Math.min(TARGET_TOKENS, embedder.maxTokens - HEADING_TOKENS);
  const countTokens = (piece: string) => Math.max(embedder.countTokens(piece), minimumTokens(piece));
  const chunks = await deps.texts.cut(job, text, blocks, { maxTokens, countTokens });
  if (chunks.length === 0) throw new ParseFailure('empty', 'The document contains no text.');
  const batchFrom = (from: number) =>
    from < chunks.length ? embedBatch(deps, ready, source, text, chunks, from, signal) : null;
  let done = await continueFrom(deps, source, modelId, chunks);
  let next = batchFrom(done);
  while (next) {
    const batch: NewChunk[] = await next;
    signal.throwIfAborted();
    done += batch.length;
    // Embeds the next batch while this one is being written.
    next = batchFrom(done);
    next?.catch(() => {}); // awaited below
    const dimension = batch[0]?.vector.length ?? 0;
    const stage = done < chunks.length ? 'chunked' : 'embedded';
    const progress = { stage, done, total: chunks.length } as const;
    if (!(await deps.store.appendChunks(source, { modelId, dimension }, batch, progress, now(deps)))) return null;
  }
  return chunks.length;
}

/**
 * Number of chunks that are already stored. Chunks of an embedder with another tokenizer have other boundaries, so they
 * are removed.
 */
async function continueFrom(
  deps: IngestDeps,
  { documentId, revision }: IngestSource,
  modelId: string,
  chunks: readonly TextChunk[],
): Promise<number> {
  const stored = await deps.store.storedChunks(documentId, revision, modelId);
  if (stored.count === 0 || chunks[stored.count - 1]?.end === stored.end) return stored.count;
  await deps.store.dropChunks(documentId, revision);
  return 0;
}

interface SourceText {
  text: string;
  blocks: ParsedBlock[] | null;
  title: string;
}

async function parsedText(deps: IngestDeps, source: IngestSource, signal: AbortSignal): Promise<SourceText> {
  const stored = await deps.store.parsed(source.documentId, source.revision);
  if (stored?.isParsed) return { text: stored.text, blocks: stored.blocks, title: source.title };
  if (stored) return takeRawText(deps, source, stored.text);
  if (source.sha256 === null) throw new Error('The document has neither a file nor text.');
  if (source.size === 0) throw new ParseFailure('empty', 'The file is empty (0 bytes).');
  const { filename, contentType } = source;
  const request = {
    path: deps.pathOf(source.sha256),
    filename,
    ...(contentType ? { declaredType: contentType } : {}),
    localOnly: await deps.isLocalOnly(source.workspaceId),
  };
  const parsed = await deps.parser.parse(request, signal, (progress) => {
    // Progress is optional, so an error is ignored.
    deps.store.reportPages(source, progress, now(deps)).catch(() => {});
  });
  const title = source.titleGiven || !parsed.title ? source.title : parsed.title.slice(0, 1000);
  const { text, blocks, format, warnings, pageCount, duration, metadata } = parsed;
  const counted = { pages: pageCount ?? null, duration: duration ?? null };
  await deps.store.saveParsed(source, { text, blocks, title, format, ...counted, warnings, metadata }, now(deps));
  return { text, blocks, title };
}

/** Raw text is stored unchanged, so that its offsets match those of the sender. */
async function takeRawText(deps: IngestDeps, source: IngestSource, text: string): Promise<SourceText> {
  if (text.trim() === '') throw new ParseFailure('empty', 'The text is empty.');
  const { title } = source;
  await deps.store.saveParsed(
    source,
    { text: null, blocks: null, title, format: 'text', pages: null, duration: null, warnings: [], metadata: {} },
    now(deps),
  );
  return { text, blocks: null, title };
}

async function embedBatch(
  deps: IngestDeps,
  { embedder, embed }: ReadyEmbedder,
  source: IngestSource,
  text: string,
  chunks: readonly TextChunk[],
  from: number,
  signal: AbortSignal,
): Promise<NewChunk[]> {
  const batch = chunks.slice(from, from + BATCH).map((chunk, i) => {
    return { ...chunk, ordinal: from + i, text: text.slice(chunk.start, chunk.end) };
  });
  const passages = batch.map(({ section, text }) => ({ title: source.title, section, text }));
  const known = deps.store.knownVectors;
  const vectors = await embedPassages({ embedder, embed, known }, passages, signal);
  return batch.flatMap((chunk, i) => {
    const embedding = vectors[i];
    return embedding ? { ...chunk, ...embedding } : [];
  });
}

const now = (deps: IngestDeps) => new Date(deps.clock.now());
