import type { IngestJob, IngestStore } from '@lorebox/ports/document-stores';
import { type ParsedBlock, ParseFailure } from '@lorebox/ports/parser';
import { type ChunkOptions, chunkText, type TextChunk } from './chunk-text.ts';

/** Told when work on a text begins and ends; between the two this thread answers nothing. */
export interface TextWatch {
  begin(job: IngestJob): void;
  end(): void;
}

/** A text that has ended the thread or the process this often is left alone. */
const MAX_TEXT_ATTEMPTS = 3;

/**
 * Cuts the text of one document into chunks. An attempt is stored before it begins, so that one which ends the thread counts;
 * documents that have done so before are cut one at a time, so that none is blamed for another.
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
