import { open } from 'node:fs/promises';
import { ParseFailure } from '@lorebox/ports/parser';
import {
  ALL_FORMATS,
  type AudioSample,
  AudioSampleSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
} from 'mediabunny';
import { openAiff } from './aiff.ts';
import type { AudioFile } from './audio-file.ts';
import './audio-decoders.ts';
import { Resampler } from './resample.ts';

/** @throws ParseFailure if the file is not a recording, has no audio, or uses an unsupported codec. */
export async function openAudio(path: string): Promise<AudioFile> {
  const aiff = await openAiff(path);
  if (aiff) return aiff;
  await refuseWindowsMedia(path);
  const input = new Input({
    source: new FilePathSource(path, { handleUnhandledError: () => {} }),
    formats: ALL_FORMATS,
  });
  try {
    const track = await input.getPrimaryAudioTrack();
    const tracks = await input.getTracks();
    if (tracks.length === 0) throw damaged(new Error('no tracks'));
    if (!track) throw new ParseFailure('empty', 'This video has no audio, so there is nothing to transcribe.');
    if (!(await track.canDecode())) throw unknownCodec(await nameOf(track));
    const duration = await track.computeDuration();
    return { duration, pieces: () => readTrack(track), close: () => input.dispose() };
  } catch (error) {
    input.dispose();
    throw error instanceof ParseFailure ? error : damaged(error);
  }
}

async function refuseWindowsMedia(path: string): Promise<void> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(4);
  await file.read(head, 0, 4, 0).finally(() => file.close());
  if (head.toString('hex') === '3026b275') throw unknownCodec('Windows Media (WMA, WMV)');
}

async function nameOf(track: InputAudioTrack): Promise<string> {
  const codec = await track.getCodec();
  return codec ? `"${codec}"` : 'something unusual';
}

async function* readTrack(track: InputAudioTrack): AsyncGenerator<Float32Array> {
  let resampler: Resampler | undefined;
  let rate = 0;
  let seconds = 0;
  try {
    for await (const sample of new AudioSampleSink(track).samples()) {
      // A stream can change its sample rate, and gaps between packets are silence.
      if (sample.sampleRate !== rate) {
        if (resampler) yield resampler.finish();
        rate = sample.sampleRate;
        resampler = new Resampler(rate);
      }
      const gap = sample.timestamp - seconds;
      if (gap > 0.5 && resampler) yield* silence(resampler, gap, rate);
      seconds = Math.max(seconds, sample.timestamp) + sample.numberOfFrames / rate;
      const mono = mixDown(sample);
      sample.close();
      if (resampler) yield resampler.push(mono);
    }
    if (resampler) yield resampler.finish();
  } catch (error) {
    throw error instanceof ParseFailure ? error : damaged(error);
  }
}

function* silence(resampler: Resampler, seconds: number, rate: number): Generator<Float32Array> {
  for (let left = Math.round(seconds * rate); left > 0; left -= rate * 10) {
    yield resampler.push(new Float32Array(Math.min(left, rate * 10)));
  }
}

function mixDown(sample: AudioSample): Float32Array {
  const { numberOfChannels, numberOfFrames } = sample;
  const mono = new Float32Array(numberOfFrames);
  const channel = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex++) {
    sample.copyTo(channel, { planeIndex, format: 'f32-planar' });
    for (let i = 0; i < numberOfFrames; i++) {
      const value = channel[i] ?? 0;
      if (Number.isFinite(value)) mono[i] = (mono[i] ?? 0) + value / numberOfChannels;
    }
  }
  return mono;
}

function damaged(cause: unknown): ParseFailure {
  const message = cause instanceof Error ? cause.message : '';
  if (/^Unsupported /.test(message)) return unknownCodec('something unusual', cause);
  const isUnknown = /unrecognizable format/.test(message);
  return new ParseFailure(
    'damaged',
    isUnknown
      ? 'This recording is damaged or in an unsupported format. Upload a complete copy as MP3, M4A, FLAC, Opus or WAV.'
      : 'This recording is damaged or incomplete. Upload a complete copy.',
    { cause },
  );
}

function unknownCodec(codec: string, cause?: unknown): ParseFailure {
  return new ParseFailure(
    'unsupported',
    `Unsupported audio codec: ${codec}. Convert the file to MP3, AAC, FLAC, Opus or WAV.`,
    { cause },
  );
}
