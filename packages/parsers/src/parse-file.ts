import { open } from 'node:fs/promises';
import type { ParsedDocument, ParseRequest } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { decodeText } from './decode-text.ts';
import { detectFormat } from './detect.ts';
import { DocumentBuilder } from './document-builder.ts';
import type { ParseContext } from './format-parser.ts';
import { type Format, findFormatParser } from './formats/registry.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { type OcrMode, OcrNeeded } from './ocr/settings.ts';
import { detectSignature } from './signatures.ts';
import { type SpeechMode, SpeechNeeded } from './speech/settings.ts';

const MEDIA = new Set<string>(['image', 'audio', 'video', 'unknown']);
const MAX_ATTACHMENT_DEPTH = 3;
/** Remaining budget for nested files, across all levels. */
interface Budget {
  files: number;
  bytes: number;
}
/** A mailbox may contain thousands of mails, each with attachments. */
const ATTACHMENT_BUDGET: Budget = { files: 5000, bytes: 1024 * 1024 * 1024 };

/** Dependencies of a parse besides the file. */
export interface ParseOptions {
  limits?: ParseLimits;
  ocr?: OcrMode;
  speech?: SpeechMode;
  /** Path of the file with these bytes. */
  path?: string | undefined;
  onPage?: ParseContext['onPage'];
}

type CompleteOptions = Required<Omit<ParseOptions, 'path'>> & Pick<ParseContext, 'path'>;

/** Parses one file in this process. Use the pool if a bad file must not crash the process. */
export async function parseFile(request: ParseRequest, options: ParseOptions = {}): Promise<ParsedDocument> {
  const bytes = await readWithin(request.path, options.limits ?? DEFAULT_LIMITS);
  return parseBytes(bytes, request.filename, { ...options, path: request.path });
}

/** Like parseFile, for bytes in memory. */
export async function parseBytes(
  bytes: Uint8Array,
  filename: string,
  options: ParseOptions = {},
): Promise<ParsedDocument> {
  if (bytes.byteLength === 0) throw new ParseFailure('empty', 'The file is empty.');
  const defaults = {
    limits: DEFAULT_LIMITS,
    ocr: 'off',
    speech: 'off',
    path: undefined,
    onPage: async () => {},
  } as const;
  const all: CompleteOptions = { ...defaults, ...options };
  const builder = new DocumentBuilder(all.limits.maxTextLength);
  const format = await parseInto(builder, bytes, filename, all, 0, { ...ATTACHMENT_BUDGET });
  const document = builder.finish(format);
  if (document.blocks.length === 0 || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(document.text))
    throw new ParseFailure('empty', 'The document contains no text.');
  return document;
}

async function readWithin(path: string, limits: ParseLimits): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, 4096));
    await file.read(head, 0, head.byteLength, 0);
    const signature = head.byteLength > 0 ? detectSignature(head) : undefined;
    // Recordings are streamed from the file because they may not fit in memory.
    if (signature === 'audio' || signature === 'video') return head;
    if (size > limits.maxFileBytes) {
      // A large file of a kind that is rejected anyway is rejected for its kind, not for its size.
      if (signature && MEDIA.has(signature)) return head;
      const megabytes = Math.round(limits.maxFileBytes / 1024 / 1024);
      throw new ParseFailure('too-large', `The file is larger than ${megabytes} MB. Split it and upload the parts.`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function explainRefusal(size: number, depth: number, budget: Budget): string | undefined {
  if (size === 0) return 'The file is empty.';
  if (depth >= MAX_ATTACHMENT_DEPTH)
    return `It is nested more than ${MAX_ATTACHMENT_DEPTH} files deep. Upload it separately.`;
  if (budget.files === 0 || size > budget.bytes) return 'The file contains too many other files. Upload it separately.';
  return undefined;
}

async function parseInto(
  builder: DocumentBuilder,
  bytes: Uint8Array,
  filename: string,
  options: CompleteOptions,
  depth: number,
  budget: Budget,
): Promise<Format> {
  const detected = detectFormat(bytes, filename, options.limits);
  const { format } = detected;
  let text = detected.decoded?.text;
  if (detected.decoded?.warning) builder.warn(detected.decoded.warning);
  const context: ParseContext = {
    format,
    filename,
    document: builder,
    ...options,
    readText() {
      text ??= decodeText(bytes)?.text ?? '';
      return text;
    },
    async parseAttachment(part, name) {
      builder.lastFailure = explainRefusal(part.byteLength, depth, budget);
      if (builder.lastFailure !== undefined) return false;
      budget.files--;
      budget.bytes -= part.byteLength;
      return parseAttachment(builder, part, name, { ...options, path: undefined }, depth + 1, budget);
    },
  };
  try {
    await findFormatParser(format).parse(bytes, context);
  } catch (error) {
    throw asFailure(error, format);
  }
  return format;
}

/**
 * Parses a nested file into the text under its own name. The caller reports unreadable files; only exceeding the text
 * limit, or the need for another child, ends the whole parse.
 */
async function parseAttachment(
  builder: DocumentBuilder,
  bytes: Uint8Array,
  name: string,
  options: CompleteOptions,
  depth: number,
  budget: Budget,
): Promise<boolean> {
  const { title, page, section, pageCount, duration, within, pinned } = builder;
  const before = builder.textLength;
  const metadata = { ...builder.metadata };
  builder.lastFailure = undefined;
  try {
    // If the whole document has page numbers, those of a nested file would be mistaken for them.
    if (pageCount !== undefined) builder.pinned ??= { page };
    const parts = section ? [...within, section, name] : [...within, name];
    Object.assign(builder, { section: undefined, page: undefined, within: parts });
    await parseInto(builder, bytes, name, options, depth, budget);
  } catch (error) {
    if (builder.isFull || error instanceof OcrNeeded || error instanceof SpeechNeeded) throw error;
    builder.lastFailure = error instanceof Error ? error.message : String(error);
  } finally {
    Object.assign(builder, { title, page, section, pageCount, duration, within, pinned });
    for (const key in builder.metadata) delete builder.metadata[key];
    Object.assign(builder.metadata, metadata);
  }
  return builder.textLength > before;
}

function asFailure(error: unknown, format: string): ParseFailure | OcrNeeded | SpeechNeeded {
  if (error instanceof ParseFailure || error instanceof OcrNeeded || error instanceof SpeechNeeded) return error;
  if (error instanceof RangeError && /string length|array length|array buffer/i.test(error.message)) {
    return new ParseFailure(
      'too-large',
      'This file contains too much data to read at once. Split it and upload the parts.',
      {
        cause: error,
      },
    );
  }
  return new ParseFailure(
    'damaged',
    `This ${format.toUpperCase()} file couldn't be read and is probably damaged. Open it in the program that created it, save it again and upload the new copy.`,
    { cause: error },
  );
}
