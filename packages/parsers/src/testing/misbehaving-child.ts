import { OcrNeeded } from '../ocr/settings.ts';
import { parseFile } from '../parse-file.ts';
import { serveRequests } from '../serve-requests.ts';
import { SpeechNeeded } from '../speech/settings.ts';

/** A child that misbehaves as its filename says, to test the pool. */
serveRequests(async (request, options) => {
  if (request.filename.includes('scan')) {
    if (options.ocr === 'defer') throw new OcrNeeded();
    for (let page = 1; page <= 4; page++) {
      await options.onPage?.(page, 4);
      await new Promise((resolve) => setTimeout(resolve, request.filename.includes('slow') ? 2500 : 100));
    }
    if (request.filename.includes('stuck')) {
      await options.onPage?.(5, 5);
      for (;;);
    }
  }
  if (request.filename.includes('talk')) {
    if (options.speech === 'defer') throw new SpeechNeeded();
    const isFast = typeof options.speech === 'object' && !options.speech.portable;
    // What a processor does with an unsupported instruction.
    if (request.filename.includes('old') && isFast) process.kill(process.pid, 'SIGILL');
    for (let minute = 1; minute <= 3; minute++) {
      await options.onPage?.(minute, 3, 'minute');
      await new Promise((resolve) => setTimeout(resolve, request.filename.includes('endless') ? 60_000 : 400));
    }
  }
  if (request.filename.includes('loop')) for (;;);
  if (request.filename.includes('crash')) process.kill(process.pid, 'SIGSEGV');
  if (request.filename.includes('exit')) process.exit(7);
  if (request.filename.includes('addon')) await import('sharp');
  if (request.filename.includes('throw')) throw new TypeError('bug in a parser');
  if (request.filename.includes('buffers')) {
    const kept: Buffer[] = [];
    for (;;) {
      kept.push(Buffer.alloc(16 * 1024 * 1024, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  if (request.filename.includes('heap')) {
    const kept: number[][] = [];
    for (;;) kept.push(new Array(100_000).fill(1.5));
  }
  return parseFile(request, options);
});
