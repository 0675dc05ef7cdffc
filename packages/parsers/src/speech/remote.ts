import { ParseFailure } from '@lorebox/ports/parser';
import { z } from 'zod';
import { SAMPLE_RATE, type SpeechEndpoint } from './settings.ts';
import type { Transcriber } from './transcriber.ts';
import { toPcm16 } from './whisper.ts';

/** 5 minutes are 9.6 MB of WAV, below OpenAI's limit of 25 MB. */
const MAX_SECONDS = 300;
const TRIES = 3;

const Transcription = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        start: z.number(),
        end: z.number(),
        no_speech_prob: z.number().optional(),
        avg_logprob: z.number().optional(),
      }),
    )
    .optional(),
});

/** Connects to a server with OpenAI's `POST /audio/transcriptions`. */
export function openRemote({ url, apiKey, model }: SpeechEndpoint): Transcriber {
  return {
    maxSeconds: MAX_SECONDS,
    async transcribe(samples, language) {
      const body = new FormData();
      body.set('file', new Blob([wavOf(samples)], { type: 'audio/wav' }), 'piece.wav');
      body.set('model', model);
      body.set('response_format', 'verbose_json');
      if (language !== 'auto') body.set('language', language);
      const headers: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
      const answer = await post(`${url.replace(/(?<!\/)\/+$/, '')}/audio/transcriptions`, {
        method: 'POST',
        headers,
        body,
      });
      const parsed = Transcription.safeParse(answer);
      if (!parsed.success) throw refused('the response is not a transcription', parsed.error);
      const { text, segments } = parsed.data;
      // Whisper's own rule: probably no speech, and low confidence in the words.
      const spoken = segments?.filter(({ no_speech_prob: no = 0, avg_logprob: sure = 0 }) => no <= 0.6 || sure >= -1);
      return { segments: spoken ?? [{ text, start: 0, end: samples.length / SAMPLE_RATE }] };
    },
  };
}

/** Retries busy servers and broken connections. Other errors are final. */
async function post(url: string, init: RequestInit): Promise<unknown> {
  for (let tried = 1; ; tried++) {
    try {
      const response = await fetch(url, { redirect: 'error', ...init });
      if (response.ok) return await response.json();
      const isBusy = response.status === 429 || response.status >= 500;
      if (!isBusy || tried === TRIES) throw refused(`status ${response.status}`, await response.text());
      await response.body?.cancel();
    } catch (error) {
      if (error instanceof ParseFailure) throw error;
      if (tried === TRIES) throw refused('the server is unreachable', error);
    }
    await new Promise((resolve) => setTimeout(resolve, 500 * 4 ** (tried - 1)));
  }
}

function refused(what: string, cause: unknown): ParseFailure {
  return new ParseFailure(
    'needs-transcription',
    `Transcription failed: ${what}. Check LOREBOX_SPEECH_URL and the model, then try again.`,
    { cause: cause instanceof Error ? cause : new Error(String(cause).slice(0, 500)) },
  );
}

export function wavOf(samples: Float32Array): ArrayBuffer {
  const pcm = new Uint8Array(toPcm16(samples));
  const wav = Buffer.alloc(44 + pcm.byteLength);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + pcm.byteLength, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(2 * SAMPLE_RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(pcm.byteLength, 40);
  wav.set(pcm, 44);
  return wav.buffer.slice(wav.byteOffset, wav.byteOffset + wav.byteLength) as ArrayBuffer;
}
