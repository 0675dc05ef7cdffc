import { stat } from 'node:fs/promises';
import type { ParsedDocument, ParseProgress, ParseRequest, Parser } from '@lorebox/ports/parser';
import type { ParseLimits } from './limits.ts';
import type { OcrMode } from './ocr/settings.ts';
import { ParserChild } from './parser-child.ts';
import type { Sandbox } from './sandbox.ts';
import type { SpeechMode } from './speech/settings.ts';

export interface LaneOptions {
  /** Maximum number of concurrent child processes. */
  concurrency: number;
  /** Time for one file in milliseconds from the start of its parsing, plus half a second per megabyte. */
  deadlineMs: number;
  /** Time in milliseconds for each page that the child reports, which replaces the deadline of the file. */
  pageDeadlineMs: number;
  /** Memory limit of one child in bytes. */
  maxMemoryBytes: number;
  /** A child is replaced after this number of files. */
  filesPerChild: number;
  /** An idle child is terminated after this time in milliseconds. */
  idleMs: number;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
  /** Module that the children run. */
  childModule: string;
  sandbox: Sandbox;
  workFolder: string;
}

interface Job {
  request: ParseRequest;
  signal: AbortSignal | undefined;
  onProgress: ((progress: ParseProgress) => void) | undefined;
  resolve(document: ParsedDocument): void;
  reject(reason: unknown): void;
  onAbort(): void;
}

/** Child processes of one kind, which process files in order of arrival. Starts none before the first file. */
export class ParserProcess implements Parser {
  private readonly options: LaneOptions;
  private readonly queue: Job[] = [];
  private readonly idle: ParserChild[] = [];
  private readonly children = new Set<ParserChild>();
  private readonly timers = new Map<ParserChild, NodeJS.Timeout>();
  private running = 0;
  private isClosed = false;

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /** Rejects with OcrNeeded or SpeechNeeded if that mode is "defer" and the file needs it. */
  parse(
    request: ParseRequest,
    signal?: AbortSignal,
    onProgress?: (progress: ParseProgress) => void,
  ): Promise<ParsedDocument> {
    if (this.isClosed) return Promise.reject(new Error('the parser pool is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const job: Job = {
        request,
        signal,
        onProgress,
        resolve,
        reject,
        onAbort: () => {
          this.queue.splice(this.queue.indexOf(job), 1);
          reject(signal?.reason);
        },
      };
      signal?.addEventListener('abort', job.onAbort, { once: true });
      this.queue.push(job);
      this.startNext();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const job of this.queue.splice(0)) {
      job.signal?.removeEventListener('abort', job.onAbort);
      job.reject(new Error('the parser pool was closed'));
    }
    for (const timer of this.timers.values()) clearTimeout(timer);
    const busy = [...this.children].filter((child) => !this.idle.includes(child));
    for (const child of busy) child.kill();
    await Promise.all([...this.children].map((child) => child.close()));
  }

  private startNext(): void {
    while (this.running < this.options.concurrency && this.queue.length > 0) {
      const job = this.queue.shift() as Job;
      job.signal?.removeEventListener('abort', job.onAbort);
      this.running++;
      this.run(job).finally(() => {
        this.running--;
        this.startNext();
      });
    }
  }

  private async run(job: Job): Promise<void> {
    const { request, signal, onProgress } = job;
    const { deadlineMs } = this.options;
    const child = this.takeChild();
    try {
      const size = await stat(request.path).then(
        (stats) => stats.size,
        () => 0,
      );
      signal?.throwIfAborted();
      const wholeMs = deadlineMs + (size / 1024 / 1024) * Math.min(500, deadlineMs / 100);
      job.resolve(await child.parse({ request, deadlineMs: wholeMs, onProgress }, signal));
    } catch (error) {
      job.reject(error);
    } finally {
      this.returnChild(child);
    }
  }

  private takeChild(): ParserChild {
    for (let child = this.idle.pop(); child; child = this.idle.pop()) {
      clearTimeout(this.timers.get(child));
      this.timers.delete(child);
      if (child.alive) {
        child.setIdle(false);
        return child;
      }
      this.children.delete(child);
    }
    const child = new ParserChild(this.options);
    this.children.add(child);
    return child;
  }

  private returnChild(child: ParserChild): void {
    const isWorn =
      child.parsed >= this.options.filesPerChild || child.residentBytes > this.options.maxMemoryBytes * 0.4;
    if (!child.alive || isWorn || this.isClosed) {
      child.close().finally(() => this.children.delete(child));
      return;
    }
    child.setIdle(true);
    this.idle.push(child);
    const timer = setTimeout(() => {
      this.timers.delete(child);
      const at = this.idle.indexOf(child);
      if (at >= 0) this.idle.splice(at, 1);
      child.close().finally(() => this.children.delete(child));
    }, this.options.idleMs);
    timer.unref();
    this.timers.set(child, timer);
  }
}
