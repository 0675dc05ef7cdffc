import type { IngestJob, IngestStore } from '@lorebox/ports/document-stores';
import { type ParsedBlock, ParseFailure } from '@lorebox/ports/parser';
import { type ChunkOptions, chunkText, type TextChunk } from './chunk-text.ts';

/** Called before and after a text is split. The thread is blocked in between. */
export interface TextWatch {
  begin(job: IngestJob): void;
  end(): void;
}

/** Attempts that may crash or block the thread before the text is no longer tried. */
const MAX_TEXT_ATTEMPTS = 3;

/**
 * Splits the text of a document into chunks. Each attempt is stored first, so that it counts even if it crashes the
 * thread. Texts that have done so before run one at a time, so that the right one is blamed.
 */
export class TextCutter {
  private readonly store: Pick<IngestStore, 'beginText' | 'endText'>;
  private readonly watch: TextWatch;
  private lastSuspect: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<IngestStore, 'beginText' | 'endText'>, watch: TextWatch) {
    this.store = store;
    this.watch = watch;
  }

  cut(
    job: IngestJob,
    text: string,
    blocks: readonly ParsedBlock[] | null,
    options: ChunkOptions,
  ): Promise<TextChunk[]> {
    if (job.textAttempts === 0) return this.attempt(job, text, blocks, options);
    if (job.textAttempts >= MAX_TEXT_ATTEMPTS) return Promise.reject(quarantined());
    const turn = this.lastSuspect.then(() => this.attempt(job, text, blocks, options));
    this.lastSuspect = turn.catch(() => {});
    return turn;
  }

  private async attempt(
    job: IngestJob,
    text: string,
    blocks: readonly ParsedBlock[] | null,
    options: ChunkOptions,
  ): Promise<TextChunk[]> {
    await this.store.beginText(job);
    this.watch.begin(job);
    try {
      return chunkText(text, blocks, options);
    } finally {
      this.watch.end();
      await this.store.endText(job);
    }
  }
}

function quarantined(): ParseFailure {
  return new ParseFailure(
    'timeout',
    `Splitting this document into passages timed out or crashed ${MAX_TEXT_ATTEMPTS} times, so it won't be retried automatically. ` +
      'Split it into smaller files, or raise LOREBOX_DOCUMENT_SECONDS and retry it.',
  );
}
