import type { IngestJob, IngestSource, IngestStore, NewChunk } from '@lorebox/ports/document-stores';
import type { Embedder } from '@lorebox/ports/embedder';
import { type ParsedBlock, ParseFailure, type Parser } from '@lorebox/ports/parser';
import type { Clock } from '@lorebox/ports/runtime';
import { embedPassages } from '../embeddings/embed-passages.ts';
import type { TextChunk } from './chunk-text.ts';
import type { TextCutter } from './cut-text.ts';

/** An embedder, and the way into it that puts small batches together. */
export interface ReadyEmbedder {
  embedder: Embedder;
  embed: Embedder['embed'];
}

export interface IngestDeps {
  store: IngestStore;
  texts: TextCutter;
  parser: Parser;
  /** The one whose vectors the workspace's searches use; after a try that failed, the one that is about to take over. */
  embedderFor(workspaceId: string, attempts: number): Promise<ReadyEmbedder>;
  /** Nothing of the workspace may leave this machine. */
  isLocalOnly(workspaceId: string): Promise<boolean>;
  pathOf(sha256: string): string;
  clock: Clock;
}

/** Large enough for search to see whole paragraphs, small enough for a citation to be checked at a glance. */
const TARGET_TOKENS = 400;
/** Of the embedder's limit, kept for title, section and special tokens. */
const HEADING_TOKENS = 64;
/** Chunks that are embedded and committed together: what a kill can cost, and 10 ms of the writer's time. */
const BATCH = 64;

/**
 * One document from stored bytes to searchable. Every stage is committed before the next begins, and is skipped when a
 * run before this one got past it.
 */
export async function ingestDocument(deps: IngestDeps, job: IngestJob, signal: AbortSignal): Promise<void> {
  const source = await deps.store.source(job);
  if (!source) return deps.store.finish(job);
  const { text, blocks, title } = await parsedText(deps, source, signal);
  // A text without a title is listed under its id or first words; those say nothing to a search.
  const hasTitle = source.source !== 'text' || source.titleGiven;
  const titled = { ...source, title: hasTitle ? title : '' };
  let total: number | null = null;
  // Another embedder may take over the workspace in the middle: then the document begins again with that one.
  while (total === null) {
    signal.throwIfAborted();
    total = await addChunks(deps, job, titled, { text, blocks }, signal);
  }
  await deps.store.publish(job, titled, total, now(deps));
}

/** Cuts, embeds and stores what is not stored yet; how many chunks there are then, or null when the embedder was changed. */
async function addChunks(
  deps: IngestDeps,
  job: IngestJob,
  source: IngestSource,
  { text, blocks }: Pick<SourceText, 'text' | 'blocks'>,
  signal: AbortSignal,
): Promise<number | null> {
  const ready = await deps.embedderFor(source.workspaceId, job.attempts);
  const { embedder } = ready;
  const { modelId } = embedder;
  const maxTokens = Math.min(TARGET_TOKENS, embedder.maxTokens - HEADING_TOKENS);
  const countTokens = (piece: string) => embedder.countTokens(piece);
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
    // The next batch is embedded while this one is written.
    next = batchFrom(done);
    next?.catch(() => {}); // whoever awaits it gets the error
    const dimension = batch[0]?.vector.length ?? 0;
    const stage = done < chunks.length ? 'chunked' : 'embedded';
    const progress = { stage, done, total: chunks.length } as const;
    if (!(await deps.store.appendChunks(source, { modelId, dimension }, batch, progress, now(deps)))) return null;
  }
  return chunks.length;
}

/** How many chunks are stored already. Those of an embedder that counts tokens differently were cut elsewhere, and go. */
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
    // A step that can't be shown is no reason to stop.
    deps.store.reportPages(source, progress, now(deps)).catch(() => {});
  });
  const title = source.titleGiven || !parsed.title ? source.title : parsed.title.slice(0, 1000);
  const { text, blocks, format, warnings, pageCount, duration } = parsed;
  const counted = { pages: pageCount ?? null, duration: duration ?? null };
  await deps.store.saveParsed(source, { text, blocks, title, format, ...counted, warnings }, now(deps));
  return { text, blocks, title };
}

/** Text that was sent as text is kept as it is: its offsets are the sender's offsets. */
async function takeRawText(deps: IngestDeps, source: IngestSource, text: string): Promise<SourceText> {
  if (text.trim() === '') throw new ParseFailure('empty', 'The text is empty.');
  const { title } = source;
  await deps.store.saveParsed(
    source,
    { text: null, blocks: null, title, format: 'text', pages: null, duration: null, warnings: [] },
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
    const made = vectors[i];
    return made ? { ...chunk, ...made } : [];
  });
}

const now = (deps: IngestDeps) => new Date(deps.clock.now());
