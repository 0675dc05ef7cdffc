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
  /** Maximum number of concurrent child processes. Default: 2. */
  concurrency?: number;
  /**
   * Time for one file in milliseconds from the start of its parsing. Default: 120 s, plus half a second per megabyte.
   */
  deadlineMs?: number;
  /** Memory limit of one child in bytes. Default: 1 GB. */
  maxMemoryBytes?: number;
  /** A child is replaced after this number of files. Default: 100. */
  filesPerChild?: number;
  /** An idle child is terminated after this time in milliseconds. Default: one minute. */
  idleMs?: number;
  /** Overrides individual limits. */
  limits?: Partial<ParseLimits>;
  /** Module that the children run. Tests replace it with misbehaving ones. */
  childModule?: string;
  /** Isolation of the children from the machine. Default: Node's permission model. */
  sandbox?: Sandbox;
  /**
   * Folder for files being parsed, ideally on the file system of the stored files. Default: the system's temporary
   * folder.
   */
  workFolder?: string;
  /** Without it, images and scans fail with `needs-ocr`. */
  ocr?: OcrPoolOptions;
  /** Without it, recordings fail with `needs-transcription`. */
  speech?: SpeechPoolOptions;
}

export interface OcrPoolOptions extends Omit<OcrSettings, 'pageDeadlineMs'> {
  /** Maximum number of concurrent OCR processes. Default: 1. Each uses one CPU core. */
  concurrency?: number;
  /** Time for one page in milliseconds. Default: 120 s. The whole file has no deadline while its pages advance. */
  pageDeadlineMs?: number;
}

export { findMissingLanguages };

export interface SpeechPoolOptions extends Omit<SpeechSettings, 'minuteDeadlineMs' | 'portable'> {
  /** Maximum number of concurrent transcription processes. Default: 1. Each uses one CPU core. */
  concurrency?: number;
  /**
   * Time for one minute of a recording in milliseconds. Default: 300 s. The whole recording has no deadline while its
   * minutes advance.
   */
  minuteDeadlineMs?: number;
  /** The endpoint is another machine. */
  isRemote?: boolean;
}

const REMOTE_SPEECH =
  'This workspace is local only, but recordings are transcribed on another machine. An admin can unset LOREBOX_SPEECH_URL.';

/** Creates a parser that works in child processes. */
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

function openScans(common: LaneOptions, options: OcrPoolOptions): Parser {
  const { languages, folders, minConfidence = 0, concurrency = 1 } = options;
  const ocr = { languages, folders, minConfidence, pageDeadlineMs: common.pageDeadlineMs };
  return new ParserProcess({ ...common, concurrency: Math.max(1, concurrency), ocr });
}

/** Tries the fast build of the engine, and falls back to the portable one if the processor is too old. */
class SpeechLane implements Parser {
  private readonly common: LaneOptions;
  private readonly options: SpeechPoolOptions;
  /** The current process pool is last. Earlier ones still hand back their files. */
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

/** Scans and recordings have their own children, which may load native code and never delay a short text. */
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
