import { constants, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ParsedDocument, ParseRequest } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { OcrNeeded } from './ocr/settings.ts';
import type { ParseOptions } from './parse-file.ts';
import { SpeechNeeded } from './speech/settings.ts';
import { TextSender } from './text-channel.ts';
import { type ChildMessage, type ChildRequest, packDocument } from './wire.ts';

type Parse = (request: ParseRequest, options: ParseOptions) => Promise<ParsedDocument>;

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/**
 * Lowers the priority, because OCR and transcription use a whole core for minutes and requests must not wait for them.
 */
function yieldToOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not permitted by the system. The only effect is on speed.
  }
}

async function answer({ request, limits, ocr, speech }: ChildRequest, parse: Parse, texts: TextSender): Promise<void> {
  try {
    if (typeof ocr === 'object' || typeof speech === 'object') yieldToOthers();
    const onPage: ParseOptions['onPage'] = (page, pageCount, unit = 'page') =>
      send({ type: 'page', page, pageCount, unit });
    const document = await parse(request, { limits, ocr, speech, onPage });
    // Do everything that can fail first: half a text on the pipe would be taken for the start of the next one.
    const packed = packDocument(document);
    const header = TextSender.headerFor(document.text);
    await send({ type: 'text', header });
    await texts.send(document.text, header);
    await send({ type: 'done', document: packed, residentBytes: process.memoryUsage.rss() });
  } catch (error) {
    if (error instanceof OcrNeeded) return send({ type: 'needs-ocr' });
    if (error instanceof SpeechNeeded) return send({ type: 'needs-speech' });
    const cause = error instanceof Error ? error.cause : undefined;
    await send({
      type: 'failed',
      reason: error instanceof ParseFailure ? error.reason : undefined,
      message: error instanceof Error ? error.message : String(error),
      cause: cause instanceof Error ? (cause.stack ?? cause.message) : undefined,
    });
  }
}

/** Watches the parent on a separate thread, because a busy child would not notice that the parent is gone. */
function watchParent(): void {
  if (process.platform === 'win32') return;
  const code = `const parent = ${process.ppid};
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  const worker = new Worker(code, { eval: true, stdin: false, resourceLimits: { maxOldGenerationSizeMb: 8 } });
  worker.on('error', () => {});
  worker.unref();
}

/** Runs a child process: serves one request after the other until the parent closes the channel. */
export function serveRequests(parse: Parse): void {
  const texts = new TextSender();
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message: ChildRequest) => {
    answer(message, parse, texts).catch(() => process.exit(1));
  });
  watchParent();
  send({ type: 'ready' }).catch(() => process.exit(1));
}
