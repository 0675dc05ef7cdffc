import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  type ParsedDocument,
  ParseFailure,
  type ParseProgress,
  type ParseRequest,
  type Parser,
} from '@lorebox/ports/parser';
import { ProcessorTooOld } from './child-failures.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { findMissingLanguages } from './ocr/find-languages.ts';
import { OcrNeeded, type OcrSettings } from './ocr/settings.ts';
import { type LaneOptions, ParserProcess } from './parser-process.ts';
import { PERMISSIONS_ONLY, type Sandbox } from './sandbox.ts';
import { SpeechNeeded, type SpeechSettings } from './speech/settings.ts';

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
  /** What keeps the children from the rest of the machine; default: Node's permission model. */
  sandbox?: Sandbox;
  /** Folder for the files that are being parsed, best on the file system of the stored ones; default: the system's own. */
  workFolder?: string;
  /** Without it, images and scans fail with `needs-ocr`. */
  ocr?: OcrPoolOptions;
  /** Without it, recordings fail with `needs-transcription`. */
  speech?: SpeechPoolOptions;
}

export interface OcrPoolOptions extends Omit<OcrSettings, 'pageDeadlineMs'> {
  /** Child processes that recognise text, at a time; default 1. Each keeps a processor core busy. */
  concurrency?: number;
  /** Time for one page; default 120 s. There is no limit to the whole as long as its pages advance. */
  pageDeadlineMs?: number;
}

export { findMissingLanguages };

export interface SpeechPoolOptions extends Omit<SpeechSettings, 'minuteDeadlineMs' | 'portable'> {
  /** Child processes that transcribe, at a time; default 1. Each keeps a processor core busy. */
  concurrency?: number;
  /** Time for one minute of a recording; default 300 s. There is no limit to the whole as long as its minutes advance. */
  minuteDeadlineMs?: number;
  /** The endpoint is another machine. */
  isRemote?: boolean;
}

const REMOTE_SPEECH =
  'This workspace is local only, but recordings are transcribed on another machine. An admin can unset LOREBOX_SPEECH_URL.';

/** A parser whose work runs in child processes. */
export function createParserPool(options: ParserPoolOptions = {}): Parser {
  const { ocr, speech } = options;
  const common: LaneOptions = {
    concurrency: Math.max(1, options.concurrency ?? 2),
    deadlineMs: options.deadlineMs ?? 120_000,
    pageDeadlineMs: ocr?.pageDeadlineMs ?? 120_000,
    maxMemoryBytes: options.maxMemoryBytes ?? 1024 * 1024 * 1024,
    filesPerChild: options.filesPerChild ?? 100,
    idleMs: options.idleMs ?? 60_000,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    ocr: 'off',
    speech: 'off',
    sandbox: options.sandbox ?? PERMISSIONS_ONLY,
    workFolder: options.workFolder ?? tmpdir(),
    childModule: options.childModule ?? fileURLToPath(new URL('./child.ts', import.meta.url)),
  };
  const texts = new ParserProcess({ ...common, ocr: ocr ? 'defer' : 'off', speech: speech ? 'defer' : 'off' });
  return new ParserPool(
    texts,
    ocr && openScans(common, ocr),
    speech && new SpeechLane(common, speech),
    speech?.isRemote ?? false,
  );
}

function openScans(common: LaneOptions, { languages, folders, concurrency = 1 }: OcrPoolOptions): Parser {
  const ocr = { languages, folders, pageDeadlineMs: common.pageDeadlineMs };
  return new ParserProcess({ ...common, concurrency: Math.max(1, concurrency), ocr });
}

/** Tries the fast build of the engine, and stays with the portable one where the processor turns out to be too old. */
class SpeechLane implements Parser {
  private readonly common: LaneOptions;
  private readonly options: SpeechPoolOptions;
  /** The one in use comes last; those before it still hand back what they had taken. */
  private readonly lanes: ParserProcess[] = [];
  private isPortable = false;

  constructor(common: LaneOptions, options: SpeechPoolOptions) {
    this.common = common;
    this.options = options;
    this.lanes.push(this.openLane());
  }

  async parse(...args: Parameters<Parser['parse']>): Promise<ParsedDocument> {
    try {
      return await this.lane.parse(...args);
    } catch (error) {
      if (!(error instanceof ProcessorTooOld)) throw error;
      if (!this.isPortable) {
        this.isPortable = true;
        this.lanes.push(this.openLane());
      }
      return this.lane.parse(...args);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()));
  }

  private get lane(): ParserProcess {
    return this.lanes.at(-1) as ParserProcess;
  }

  private openLane(): ParserProcess {
    const { modelPath, language, endpoint, concurrency = 1, minuteDeadlineMs = 300_000 } = this.options;
    const speech = { modelPath, language, endpoint, minuteDeadlineMs, portable: this.isPortable };
    return new ParserProcess({
      ...this.common,
      concurrency: Math.max(1, concurrency),
      pageDeadlineMs: minuteDeadlineMs,
      speech,
    });
  }
}

/** Scans and recordings get children of their own: those may load native code, and never keep a short text waiting. */
class ParserPool implements Parser {
  private readonly texts: Parser;
  private readonly scans: Parser | undefined;
  private readonly recordings: Parser | undefined;
  private readonly isSpeechRemote: boolean;

  constructor(texts: Parser, scans: Parser | undefined, recordings: Parser | undefined, isSpeechRemote: boolean) {
    this.texts = texts;
    this.scans = scans;
    this.recordings = recordings;
    this.isSpeechRemote = isSpeechRemote;
  }

  async parse(
    request: ParseRequest,
    signal?: AbortSignal,
    onProgress?: (progress: ParseProgress) => void,
  ): Promise<ParsedDocument> {
    try {
      return await this.texts.parse(request, signal);
    } catch (error) {
      if (error instanceof OcrNeeded && this.scans) return this.scans.parse(request, signal, onProgress);
      if (error instanceof SpeechNeeded && this.recordings) {
        if (request.localOnly && this.isSpeechRemote) throw new ParseFailure('needs-transcription', REMOTE_SPEECH);
        return this.recordings.parse(request, signal, onProgress);
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.texts.close(), this.scans?.close(), this.recordings?.close()]);
  }
}
