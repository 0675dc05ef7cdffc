import { AppError } from '@lorebox/contract/errors';
import type { IngestSource, IngestStore, Job, NewChunk } from '@lorebox/ports/document-stores';
import type { Embedder } from '@lorebox/ports/embedder';
import { type ParsedBlock, ParseFailure, type Parser } from '@lorebox/ports/parser';
import type { Clock } from '@lorebox/ports/runtime';
import { chunkText, type TextChunk } from './chunk-text.ts';

export interface IngestDeps {
  store: IngestStore;
  parser: Parser;
  embedder: Embedder;
  embed: Embedder['embed'];
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
export async function ingestDocument(
  deps: IngestDeps,
  job: Job & { kind: 'ingest' },
  signal: AbortSignal,
): Promise<void> {
  const source = await deps.store.source(job);
  if (!source) return deps.store.finish(job);
  const { text, blocks, title } = await parsedText(deps, source, signal);
  // A text without a title is listed under its id or first words; those say nothing to a search.
  const hasTitle = source.source !== 'text' || source.titleGiven;
  const titled = { ...source, title: hasTitle ? title : '' };
  const maxTokens = Math.min(TARGET_TOKENS, deps.embedder.maxTokens - HEADING_TOKENS);
  const chunks = chunkText(text, blocks, { maxTokens, countTokens: (piece) => deps.embedder.countTokens(piece) });
  if (chunks.length === 0) throw new ParseFailure('empty', 'The document holds no text.');
  const { modelId } = deps.embedder;
  let done = await deps.store.storedChunks(source.documentId, source.revision, modelId);
  let next = done < chunks.length ? embedBatch(deps, titled, text, chunks, done, signal) : null;
  while (next) {
    const batch: NewChunk[] = await next;
    signal.throwIfAborted();
    done += batch.length;
    // The next batch is embedded while this one is written.
    next = done < chunks.length ? embedBatch(deps, titled, text, chunks, done, signal) : null;
    next?.catch(() => {}); // whoever awaits it gets the error
    const dimension = batch[0]?.vector.length ?? 0;
    const stage = done < chunks.length ? 'chunked' : 'embedded';
    const progress = { stage, done, total: chunks.length } as const;
    await deps.store.appendChunks(titled, { modelId, dimension }, batch, progress, now(deps));
  }
  await deps.store.publish(job, titled, chunks.length, now(deps));
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
  if (source.sha256 === null) throw new Error('a document without bytes and without text');
  if (source.size === 0) throw new ParseFailure('empty', 'The file is empty (0 bytes).');
  const { filename, contentType } = source;
  const request = { path: deps.pathOf(source.sha256), filename, ...(contentType ? { declaredType: contentType } : {}) };
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
  source: IngestSource,
  text: string,
  chunks: readonly TextChunk[],
  from: number,
  signal: AbortSignal,
): Promise<NewChunk[]> {
  const batch = chunks.slice(from, from + BATCH).map((chunk, i) => {
    return { ...chunk, ordinal: from + i, text: text.slice(chunk.start, chunk.end) };
  });
  const inputs = batch.map((chunk) => [source.title, chunk.section, chunk.text].filter((part) => part).join('\n'));
  const vectors = await deps.embed(inputs, 'passage', signal);
  return batch.map((chunk, i) => {
    const vector = vectors[i];
    if (!vector) throw new AppError('EMBEDDER_FAILED', 'The embedder gave fewer vectors than texts.');
    return { ...chunk, vector };
  });
}

const now = (deps: IngestDeps) => new Date(deps.clock.now());
