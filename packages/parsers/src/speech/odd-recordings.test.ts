import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DocumentBuilder } from '../document-builder.ts';
import { failureOf } from '../testing/parse.ts';
import { tone } from '../testing/sound.ts';
import { openAudio } from './read-audio.ts';
import { SAMPLE_RATE, type SpeechSegment } from './settings.ts';
import { transcribe } from './transcribe.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writeFile(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Builds an AIFF-C file with two channels at 8 kHz. */
function buildAiff(seconds: number, encoding: 'NONE' | 'sowt' | 'fl32', at: (time: number) => number): Uint8Array {
  const rate = 8000;
  const width = encoding === 'fl32' ? 4 : 2;
  const count = Math.round(seconds * rate);
  const common = Buffer.alloc(24);
  common.writeUInt16BE(2, 0);
  common.writeUInt32BE(count, 2);
  common.writeUInt16BE(width * 8, 6);
  common.writeUInt16BE(16_383 + 12, 8);
  common.writeUInt32BE((rate * 2 ** 19) >>> 0, 10);
  common.write(encoding, 18, 'latin1');
  const data = Buffer.alloc(8 + count * 2 * width);
  for (let i = 0; i < count * 2; i++) {
    const value = at(Math.floor(i / 2) / rate);
    if (encoding === 'fl32') data.writeFloatBE(value, 8 + i * width);
    else if (encoding === 'sowt') data.writeInt16LE(Math.round(value * 32_767), 8 + i * width);
    else data.writeInt16BE(Math.round(value * 32_767), 8 + i * width);
  }
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const body = Buffer.concat([Buffer.from('AIFC'), chunk('COMM', common), chunk('SSND', data)]);
  return chunk('FORM', body);
}

it.each(['NONE', 'sowt', 'fl32'] as const)('reads AIFF with samples as %s', async (encoding) => {
  const audio = await openAudio(writeFile(`${encoding}.aiff`, buildAiff(0.5, encoding, tone(200, 0.5))));
  let length = 0;
  let loudest = 0;
  for await (const piece of audio.pieces()) {
    length += piece.length;
    for (const value of piece) loudest = Math.max(loudest, Math.abs(value));
  }
  audio.close();
  expect(audio.duration).toBeCloseTo(0.5);
  expect(length / SAMPLE_RATE).toBeCloseTo(0.5, 1);
  expect(loudest).toBeGreaterThan(0.4);
  expect(loudest).toBeLessThan(0.6);
});

it('says why Windows Media is not read', async () => {
  const path = writeFile('a.wma', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'));
  const failure = await failureOf(openAudio(path));
  expect(failure.message).toBe(
    'Unsupported audio codec: Windows Media (WMA, WMV). Convert the file to MP3, AAC, FLAC, Opus or WAV.',
  );
});

/** Transcribes a tone of some seconds with a model that hears the same segments each time. */
async function transcribeTone(seconds: number, segments: SpeechSegment[]) {
  const document = new DocumentBuilder(100_000);
  // Syllables: a steady tone is not taken for speech.
  const samples = Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => {
    const time = i / SAMPLE_RATE;
    return tone(200, Math.sin(time * 20) > 0 ? 0.5 : 0.02)(time);
  });
  const heard: number[] = [];
  async function* pieces() {
    yield samples;
  }
  const audio = { duration: seconds, pieces, close: () => {} };
  const transcriber = {
    maxSeconds: 30,
    transcribe: async (sound: Float32Array) => {
      heard.push(sound.length / SAMPLE_RATE);
      return { segments };
    },
  };
  await transcribe(document, audio, transcriber, 'en', async () => {});
  return { text: document.finish('audio').text, heard };
}

it('fills up recordings of less than a second', async () => {
  const { text, heard } = await transcribeTone(0.4, [{ text: 'Yes.', start: 0, end: 0.4 }]);
  expect(text).toBe('Yes.');
  expect(heard[0]).toBeGreaterThan(1);
});

it('drops segments without words', async () => {
  expect((await transcribeTone(3, [{ text: '!!!!!!!!', start: 0, end: 3 }])).text).toBe('');
});

it('does not take repetitions for speech', async () => {
  const segments = Array.from({ length: 60 }, (_, i) => ({
    text: i % 2 ? 'the box' : 'box the the',
    start: i / 4,
    end: i / 4 + 0.25,
  }));
  expect((await failureOf(transcribeTone(16, segments))).reason).toBe('empty');
});
