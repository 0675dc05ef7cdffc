import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { ParseFailure } from '@lorebox/ports/parser';
import type { SpeechSettings } from './settings.ts';
import type { Transcriber } from './transcriber.ts';

const require = createRequire(import.meta.url);
/** Two threads on a busy core spin while waiting for each other. One thread is as fast as the machine allows. */
const THREADS = 1;
/** Audio that the network processes at a time. */
const WINDOW_SECONDS = 30;

/** Types of `@napi-rs/whisper`: built for processors with vector units, on Linux x64 and macOS. */
interface FastModule {
  Whisper: {
    new (model: string, options: { useGpu: boolean }): FastContext;
    lang(id: number): string | null;
  };
  WhisperFullParams: new (strategy: number) => Record<string, unknown>;
}
interface FastContext {
  fullLangId: number;
  full(params: Record<string, unknown>, samples: Float32Array): string;
}
interface FastSegment {
  text: string;
  /** Hundredths of a second. */
  start: number;
  end: number;
}

/** Types of `@fugood/node-whisper-*`: for all systems, without the newer x64 instructions. */
interface PortableModule {
  WhisperContext: new (options: { filePath: string; useGpu: boolean }) => PortableContext;
}
interface PortableContext {
  transcribeData(
    samples: ArrayBuffer,
    options: Record<string, unknown>,
  ): { promise: Promise<{ segments: { text: string; t0: number; t1: number }[]; language?: string }> };
}

/**
 * Opens the fast build if available for this machine, otherwise the portable one. @throws ParseFailure if neither is
 * available.
 */
export function openWhisper(settings: SpeechSettings): Transcriber {
  if (!settings.portable) {
    try {
      return openFast(settings);
    } catch {
      // Not available for this system; use the other one.
    }
  }
  try {
    return openPortable(settings);
  } catch (cause) {
    throw new ParseFailure(
      'needs-transcription',
      "This recording can't be transcribed on this server, because the speech engine or its model doesn't load. Upload a transcript instead.",
      { cause },
    );
  }
}

function openFast({ modelPath }: SpeechSettings): Transcriber {
  const { Whisper, WhisperFullParams }: FastModule = require('@napi-rs/whisper');
  const context = new Whisper(modelPath, { useGpu: false });
  return {
    maxSeconds: WINDOW_SECONDS,
    async transcribe(samples, language) {
      const found: FastSegment[] = [];
      const params = new WhisperFullParams(0);
      Object.assign(params, { language, nThreads: THREADS, noContext: true, printProgress: false });
      params.onNewSegment = (segment: FastSegment) => found.push(segment);
      const text = context.full(params, samples);
      await arrived(found, text);
      const segments = found.map(({ text, start, end }) => ({ text, start: start / 100, end: end / 100 }));
      return { segments, language: Whisper.lang(context.fullLangId) ?? undefined };
    },
  };
}

const lettersOf = (text: string) => text.replace(/\s+/g, '').length;

/** Waits for the segments, which arrive through the event loop, unlike the text. */
async function arrived(found: readonly FastSegment[], text: string): Promise<void> {
  const wanted = lettersOf(text);
  for (let waited = 0; waited < 2000; waited += 5) {
    if (found.reduce((sum, segment) => sum + lettersOf(segment.text), 0) >= wanted) return;
    await sleep(5);
  }
}

function openPortable({ modelPath }: SpeechSettings): Transcriber {
  const { WhisperContext }: PortableModule = require(`@fugood/node-whisper-${process.platform}-${process.arch}`);
  const context = new WhisperContext({ filePath: modelPath, useGpu: false });
  return {
    maxSeconds: WINDOW_SECONDS,
    async transcribe(samples, language) {
      const pcm = toPcm16(samples);
      const options = { language, maxThreads: THREADS, maxContext: 0 };
      const result = await context.transcribeData(pcm, options).promise;
      const segments = result.segments.map(({ text, t0, t1 }) => ({ text, start: t0 / 1000, end: t1 / 1000 }));
      return { segments, language: result.language };
    },
  };
}

export function toPcm16(samples: Float32Array): ArrayBuffer {
  const pcm = new Int16Array(samples.length);
  for (const [i, sample] of samples.entries())
    pcm[i] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)));
  return pcm.buffer;
}
