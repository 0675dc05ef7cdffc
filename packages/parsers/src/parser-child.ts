import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { FailureReason } from '@lorebox/contract/failure';
import type { ParsedDocument, ParseProgress, ParseRequest } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import type { ParseLimits } from './limits.ts';
import { watchMemory } from './memory-watch.ts';
import { type OcrMode, OcrNeeded } from './ocr/settings.ts';
import { type SpeechMode, SpeechNeeded } from './speech/settings.ts';
import { TEXT_DESCRIPTOR, TextReceiver } from './text-channel.ts';
import { type ChildMessage, type ChildRequest, unpackDocument } from './wire.ts';

export interface ChildOptions {
  childModule: string;
  maxMemoryBytes: number;
  pageDeadlineMs: number;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
}

export interface ChildWork {
  request: ParseRequest;
  /** For the whole file, or up to its first page that takes long. */
  deadlineMs: number;
  onProgress?: ((progress: ParseProgress) => void) | undefined;
}

/** The child met an instruction that this processor does not have. */
export class ProcessorTooOld extends ParseFailure {
  constructor() {
    super('unsupported', 'This file needs an engine that this processor can not run.');
  }
}

const MEMORY_MESSAGE =
  'This file needs more memory to read than is allowed. Split it into smaller files and upload those.';

/**
 * The child sees neither secrets in the environment nor, by the permission model, anything but files to read. Native
 * code, which that model does not bind, is for those alone that recognise text or speech.
 */
function forkChild(options: ChildOptions): ChildProcess {
  const { childModule, maxMemoryBytes } = options;
  const heapMegabytes = Math.max(64, Math.floor((maxMemoryBytes / 1024 / 1024) * 0.75));
  return fork(childModule, [], {
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${heapMegabytes}`,
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
      ...(mayLoadNative(options) ? ['--allow-addons'] : []),
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
    ],
    env: { TZ: 'UTC', ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}

const mayLoadNative = ({ ocr, speech }: ChildOptions) => typeof ocr === 'object' || typeof speech === 'object';

/** Recognition takes all of a core for minutes; whoever waits for an answer comes first. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it: nothing is lost but some speed.
  }
}

/** One child process, which parses one file at a time. Whatever goes wrong ends the child and fails that file alone. */
export class ParserChild {
  /** Files parsed so far. */
  parsed = 0;
  /** Memory after the last file. */
  residentBytes = 0;

  private readonly process: ChildProcess;
  private readonly options: ChildOptions;
  private readonly texts: TextReceiver;
  private readonly exited: Promise<void>;
  private errorOutput = '';
  private onMessage: (message: ChildMessage) => void = () => {};
  private onExit: (code: number | null, signal: string | null) => void = () => {};
  private isAlive = true;

  constructor(options: ChildOptions) {
    this.options = options;
    this.process = forkChild(options);
    if (mayLoadNative(options) && this.process.pid) yieldToOthers(this.process.pid);
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

  /** Lets the parent exit while this child idles. */
  setIdle(idle: boolean): void {
    const name = idle ? 'unref' : 'ref';
    this.process[name]();
    this.process.channel?.[name]();
    for (const stream of [this.process.stderr, this.process.stdio[TEXT_DESCRIPTOR]]) {
      (stream as unknown as { ref?(): void; unref?(): void } | null)?.[name]?.();
    }
  }

  /** Rejects with a ParseFailure, with OcrNeeded or SpeechNeeded or, when aborted, with the signal's reason. */
  parse({ request, deadlineMs, onProgress }: ChildWork, signal?: AbortSignal): Promise<ParsedDocument> {
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
      const stopWatch = watchMemory(this.process.pid ?? 0, maxMemoryBytes, () =>
        killWith(new ParseFailure('out-of-memory', MEMORY_MESSAGE)),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.onExit = (code, exitSignal) => settle(() => reject(this.explainExit(code, exitSignal)));
      this.onMessage = (message) => {
        if (message.type === 'text') this.texts.expect(message.header);
        else if (message.type === 'page') {
          const { page, pageCount, unit } = message;
          clearTimeout(timer);
          timer = endAfter(
            pageDeadlineMs,
            `${unit === 'minute' ? 'Listening to minute' : `Reading ${unit}`} ${page} of this file`,
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
        // A child that ended meanwhile reports through its exit; this one never started.
        if (error && !this.isAlive) settle(() => reject(this.explainExit(null, null)));
      });
    });
  }

  /** Ends the child at once. */
  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Ends an idle child by closing its channel, a stubborn one by force. */
  async close(): Promise<void> {
    if (!this.isAlive) return;
    if (this.process.connected) this.process.disconnect();
    const timer = setTimeout(() => this.kill(), 2000);
    await this.exited;
    clearTimeout(timer);
  }

  private explainExit(code: number | null, signal: string | null): ParseFailure {
    if (signal === 'SIGILL') return new ProcessorTooOld();
    const cause = new Error(`parser process ended (code ${code}, signal ${signal}): ${this.errorOutput.trim()}`);
    if (/heap out of memory|allocation failed|invalid array length|bad_alloc/i.test(this.errorOutput)) {
      return new ParseFailure('out-of-memory', MEMORY_MESSAGE, { cause });
    }
    return new ParseFailure(
      'damaged',
      'This file made its reader fail; it seems to be damaged. Open it in its program, save it again and upload the new copy.',
      { cause },
    );
  }
}

function toFailure(message: ChildMessage & { type: 'failed' }): ParseFailure {
  const reason = FailureReason.safeParse(message.reason);
  const cause = new Error(message.cause ?? message.message);
  if (reason.success) return new ParseFailure(reason.data, message.message, { cause });
  return new ParseFailure(
    'internal',
    'This file could not be read because of an error in the server. Try again later.',
    {
      cause,
    },
  );
}
