import { fileURLToPath } from 'node:url';
import type { ParsedDocument, ParseProgress, ParseRequest, Parser } from '@lorebox/ports/parser';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { findMissingLanguages } from './ocr/find-languages.ts';
import { OcrNeeded, type OcrSettings } from './ocr/settings.ts';
import { type LaneOptions, ParserLane } from './parser-lane.ts';

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
  /** Without it, images and scans fail with `needs-ocr`. */
  ocr?: OcrPoolOptions;
}

export interface OcrPoolOptions extends Omit<OcrSettings, 'pageDeadlineMs'> {
  /** Child processes that recognise text, at a time; default 1. Each keeps a processor core busy. */
  concurrency?: number;
  /** Time for one page; default 120 s. There is no limit to the whole as long as its pages advance. */
  pageDeadlineMs?: number;
}

export { findMissingLanguages };

/** A parser whose work runs in child processes. */
export function createParserPool(options: ParserPoolOptions = {}): Parser {
  const { ocr } = options;
  const common: LaneOptions = {
    concurrency: Math.max(1, options.concurrency ?? 2),
    deadlineMs: options.deadlineMs ?? 120_000,
    pageDeadlineMs: ocr?.pageDeadlineMs ?? 120_000,
    maxMemoryBytes: options.maxMemoryBytes ?? 1024 * 1024 * 1024,
    filesPerChild: options.filesPerChild ?? 100,
    idleMs: options.idleMs ?? 60_000,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    ocr: 'off',
    childModule: options.childModule ?? fileURLToPath(new URL('./child.ts', import.meta.url)),
  };
  if (!ocr) return new ParserLane(common);
  const settings = { languages: ocr.languages, folders: ocr.folders, pageDeadlineMs: common.pageDeadlineMs };
  const scans = { ...common, concurrency: Math.max(1, ocr.concurrency ?? 1), ocr: settings };
  return new OcrPool(new ParserLane({ ...common, ocr: 'defer' }), new ParserLane(scans));
}

/** Scans get children of their own: those may load native decoders, and a long scan never keeps a short text waiting. */
class OcrPool implements Parser {
  private readonly texts: Parser;
  private readonly scans: Parser;

  constructor(texts: Parser, scans: Parser) {
    this.texts = texts;
    this.scans = scans;
  }

  async parse(
    request: ParseRequest,
    signal?: AbortSignal,
    onProgress?: (progress: ParseProgress) => void,
  ): Promise<ParsedDocument> {
    try {
      return await this.texts.parse(request, signal);
    } catch (error) {
      if (!(error instanceof OcrNeeded)) throw error;
      return this.scans.parse(request, signal, onProgress);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.texts.close(), this.scans.close()]);
  }
}
