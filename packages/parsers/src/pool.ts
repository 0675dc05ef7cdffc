import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ParsedDocument, ParseRequest, Parser } from '@lorebox/ports/parser';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { ParserChild } from './parser-child.ts';

export interface ParserPoolOptions {
  /** Child processes at a time; default 2. */
  concurrency?: number;
  /** Time for one file from the moment its parsing starts; default 120 s, plus half a second for every megabyte. */
  deadlineMs?: number;
  /** Memory of one child; default 1 GB. */
  maxMemoryBytes?: number;
  /** A child is replaced after so many files; default 100. */
  filesPerChild?: number;
  /** An idle child is ended after this time; default one minute. */
  idleMs?: number;
  /** Overrides single limits. */
  limits?: Partial<ParseLimits>;
  /** Module that the children run; tests put misbehaving ones here. */
  childModule?: string;
}

interface Job {
  request: ParseRequest;
  signal: AbortSignal | undefined;
  resolve(document: ParsedDocument): void;
  reject(reason: unknown): void;
  onAbort(): void;
}

/** A parser whose work runs in child processes, first come, first served. Nothing is started before the first file. */
export function createParserPool(options: ParserPoolOptions = {}): Parser {
  return new ParserPool(options);
}

class ParserPool implements Parser {
  private readonly concurrency: number;
  private readonly deadlineMs: number;
  private readonly maxMemoryBytes: number;
  private readonly filesPerChild: number;
  private readonly idleMs: number;
  private readonly limits: ParseLimits;
  private readonly childModule: string;
  private readonly queue: Job[] = [];
  private readonly idle: ParserChild[] = [];
  private readonly children = new Set<ParserChild>();
  private readonly timers = new Map<ParserChild, NodeJS.Timeout>();
  private running = 0;
  private isClosed = false;

  constructor(options: ParserPoolOptions) {
    this.concurrency = Math.max(1, options.concurrency ?? 2);
    this.deadlineMs = options.deadlineMs ?? 120_000;
    this.maxMemoryBytes = options.maxMemoryBytes ?? 1024 * 1024 * 1024;
    this.filesPerChild = options.filesPerChild ?? 100;
    this.idleMs = options.idleMs ?? 60_000;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.childModule = options.childModule ?? fileURLToPath(new URL('./child.ts', import.meta.url));
  }

  parse(request: ParseRequest, signal?: AbortSignal): Promise<ParsedDocument> {
    if (this.isClosed) return Promise.reject(new Error('the parser pool is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const job: Job = {
        request,
        signal,
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
    while (this.running < this.concurrency && this.queue.length > 0) {
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
    const { request, signal } = job;
    const child = this.takeChild();
    try {
      const size = await stat(request.path).then(
        (stats) => stats.size,
        () => 0,
      );
      signal?.throwIfAborted();
      const deadlineMs = this.deadlineMs + (size / 1024 / 1024) * Math.min(500, this.deadlineMs / 100);
      job.resolve(await child.parse(request, deadlineMs, signal));
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
    const child = new ParserChild({
      modulePath: this.childModule,
      maxMemoryBytes: this.maxMemoryBytes,
      limits: this.limits,
    });
    this.children.add(child);
    return child;
  }

  private returnChild(child: ParserChild): void {
    const isWorn = child.parsed >= this.filesPerChild || child.residentBytes > this.maxMemoryBytes * 0.4;
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
    }, this.idleMs);
    timer.unref();
    this.timers.set(child, timer);
  }
}
