import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ParsedDocument, ParseProgress, ParseRequest } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { explainExit, MEMORY_MESSAGE, toFailure, unreadable } from './child-failures.ts';
import { type ChildOptions, forkChild } from './fork-child.ts';
import { Inbox } from './inbox.ts';
import { watchMemory } from './memory-watch.ts';
import { OcrNeeded } from './ocr/settings.ts';
import { STATUS_DESCRIPTOR } from './sandbox.ts';
import { SpeechNeeded } from './speech/settings.ts';
import { TEXT_DESCRIPTOR, TextReceiver } from './text-channel.ts';
import { type ChildMessage, type ChildRequest, unpackDocument } from './wire.ts';

export interface ChildWork {
  request: ParseRequest;
  /** Time in milliseconds for the whole file, or up to its first slow page. */
  deadlineMs: number;
  onProgress?: ((progress: ParseProgress) => void) | undefined;
}

/** One child process that parses one file at a time. Any error ends the child and fails only that file. */
export class ParserChild {
  /** Number of files parsed so far. */
  parsed = 0;
  /** Memory in bytes after the last file. */
  residentBytes = 0;

  private readonly process: ChildProcess;
  private readonly inbox: Inbox;
  /** PID of the parsing process. In a sandbox it is a child of the spawned process. */
  private readonly workerPid: Promise<number>;
  private readonly options: ChildOptions;
  private readonly texts: TextReceiver;
  private readonly exited: Promise<void>;
  private errorOutput = '';
  private onMessage: (message: ChildMessage) => void = () => {};
  private onExit: (code: number | null, signal: string | null) => void = () => {};
  private isAlive = true;

  constructor(options: ChildOptions) {
    this.options = options;
    this.inbox = new Inbox(options.workFolder);
    this.process = forkChild(options, this.inbox);
    this.workerPid = options.sandbox.bwrap === null ? Promise.resolve(this.process.pid ?? 0) : this.readWorkerPid();
    this.process.stderr?.on('data', (data: Buffer) => {
      this.errorOutput = (this.errorOutput + data.toString('utf8')).slice(-4000);
    });
    const pipe = this.process.stdio[TEXT_DESCRIPTOR] as Readable;
    this.texts = new TextReceiver(pipe);
    this.process.on('message', (message: ChildMessage) => this.onMessage(message));
    this.exited = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        if (!this.isAlive) return;
        this.isAlive = false;
        this.onExit(code, signal);
        this.inbox.remove().catch(() => {});
        resolve();
      };
      this.process.on('exit', end);
      this.process.on('error', () => end(null, null));
    });
  }

  get alive(): boolean {
    return this.isAlive && !this.process.killed && this.process.connected;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Lets the parent exit while this child is idle. */
  setIdle(idle: boolean): void {
    const name = idle ? 'unref' : 'ref';
    this.process[name]();
    this.process.channel?.[name]();
    const pipes = this.process.stdio as unknown[];
    for (const stream of [this.process.stderr, pipes[TEXT_DESCRIPTOR], pipes[STATUS_DESCRIPTOR]]) {
      (stream as { ref?(): void; unref?(): void } | null)?.[name]?.();
    }
  }

  /** Reads the PID from the sandbox. The sandbox keeps writing to this pipe and would exit if it were closed. */
  private readWorkerPid(): Promise<number> {
    const status = (this.process.stdio as (Readable | null)[])[STATUS_DESCRIPTOR];
    let text = '';
    return new Promise((resolve) => {
      status?.on('data', (piece: Buffer) => {
        text = (text + piece.toString('latin1')).slice(-1000);
        const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1];
        if (pid) resolve(Number(pid));
      });
      status?.on('error', () => {});
      status?.on('close', () => resolve(this.process.pid ?? 0));
    });
  }

  /** Rejects with a ParseFailure, OcrNeeded, SpeechNeeded or, when aborted, the signal's reason. */
  async parse(work: ChildWork, signal?: AbortSignal): Promise<ParsedDocument> {
    try {
      const path = await this.inbox.put(work.request.path).catch((cause) => {
        throw unreadable(cause);
      });
      signal?.throwIfAborted();
      return await this.run({ ...work, request: { ...work.request, path } }, signal);
    } finally {
      await this.inbox.clear();
    }
  }

  private run({ request, deadlineMs, onProgress }: ChildWork, signal?: AbortSignal): Promise<ParsedDocument> {
    const { pageDeadlineMs, maxMemoryBytes, limits, ocr, speech } = this.options;
    this.parsed++;
    return new Promise<ParsedDocument>((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timer);
        stopWatch();
        signal?.removeEventListener('abort', onAbort);
        this.onMessage = () => {};
        this.onExit = () => {};
        action();
      };
      const killWith = (error: unknown) => {
        settle(() => reject(error));
        this.kill();
      };
      const onAbort = () => killWith(signal?.reason);
      const endAfter = (ms: number, what: string) =>
        setTimeout(() => {
          const seconds = Math.max(1, Math.round(ms / 1000));
          const message = `${what} took longer than ${seconds} s. Split it into smaller files and upload those.`;
          killWith(new ParseFailure('timeout', message));
        }, ms);
      let timer = endAfter(deadlineMs, 'Reading this file');
      const stopWatch = watchMemory(this.workerPid, maxMemoryBytes, () =>
        killWith(new ParseFailure('out-of-memory', MEMORY_MESSAGE)),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.onExit = (code, exitSignal) => settle(() => reject(explainExit(code, exitSignal, this.errorOutput)));
      this.onMessage = (message) => {
        if (message.type === 'text') this.texts.expect(message.header);
        else if (message.type === 'page') {
          const { page, pageCount, unit } = message;
          clearTimeout(timer);
          timer = endAfter(
            pageDeadlineMs,
            `${unit === 'minute' ? 'Transcribing minute' : `Reading ${unit}`} ${page} of this file`,
          );
          onProgress?.({ page, pageCount, unit });
        } else if (message.type === 'needs-ocr') settle(() => reject(new OcrNeeded()));
        else if (message.type === 'needs-speech') settle(() => reject(new SpeechNeeded()));
        else if (message.type === 'done') {
          this.residentBytes = message.residentBytes;
          this.texts
            .read()
            .then((text) => unpackDocument(message.document, text))
            .then((document) => settle(() => resolve(document)), reject);
        } else if (message.type === 'failed') settle(() => reject(toFailure(message)));
      };
      const work: ChildRequest = { request, limits, ocr, speech };
      this.process.send(work, (error) => {
        // A child that exited in the meantime reports through its exit. This one never started.
        if (error && !this.isAlive) settle(() => reject(explainExit(null, null, this.errorOutput)));
      });
    });
  }

  /** Kills the child immediately. */
  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Ends an idle child by closing its channel, and kills it if that fails. */
  async close(): Promise<void> {
    if (!this.isAlive) return;
    if (this.process.connected) this.process.disconnect();
    const timer = setTimeout(() => this.kill(), 2000);
    await this.exited;
    clearTimeout(timer);
  }
}
