import { open } from 'node:fs/promises';
import { ParseFailure } from '@lorebox/ports/parser';
import type { AudioFile } from './audio-file.ts';
import { Resampler } from './resample.ts';

const PIECE_BYTES = 1 << 20;
const MAX_HEADER = 1 << 20;

interface Layout {
  channels: number;
  rate: number;
  /** Bytes per sample. */
  width: number;
  encoding: string;
  start: number;
  end: number;
}

/** Opens an AIFF or AIFF-C file with uncompressed samples. Returns undefined for other files. */
export async function openAiff(path: string): Promise<AudioFile | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, MAX_HEADER));
    await file.read(head, 0, head.length, 0);
    const kind = head.toString('latin1', 8, 12);
    if (head.toString('latin1', 0, 4) !== 'FORM' || (kind !== 'AIFF' && kind !== 'AIFC')) {
      await file.close();
      return undefined;
    }
    const layout = readLayout(head, size);
    const frame = layout.width * layout.channels;
    async function* pieces(): AsyncGenerator<Float32Array> {
      const resampler = new Resampler(layout.rate);
      const buffer = Buffer.alloc(Math.max(frame, PIECE_BYTES - (PIECE_BYTES % frame)));
      for (let at = layout.start; at < layout.end; at += buffer.length) {
        const length = Math.min(buffer.length, layout.end - at);
        const { bytesRead } = await file.read(buffer, 0, length, at);
        yield resampler.push(mixDown(buffer.subarray(0, bytesRead - (bytesRead % frame)), layout));
        if (bytesRead < length) break;
      }
      yield resampler.finish();
    }
    const duration = (layout.end - layout.start) / frame / layout.rate;
    return { duration, pieces, close: () => void file.close().catch(() => {}) };
  } catch (error) {
    await file.close().catch(() => {});
    if (error instanceof ParseFailure) throw error;
    throw new ParseFailure('damaged', 'This recording is damaged or incomplete. Upload a complete copy.', {
      cause: error,
    });
  }
}

function readLayout(head: Buffer, size: number): Layout {
  const layout: Layout = { channels: 0, rate: 0, width: 0, encoding: 'NONE', start: 0, end: 0 };
  for (let at = 12; at + 8 <= head.length && layout.start === 0; ) {
    const name = head.toString('latin1', at, at + 4);
    const length = head.readUInt32BE(at + 4);
    if (name === 'COMM') {
      layout.channels = head.readUInt16BE(at + 8);
      layout.width = Math.ceil(head.readUInt16BE(at + 14) / 8);
      layout.rate = readExtended(head, at + 16);
      if (length >= 22) layout.encoding = head.toString('latin1', at + 26, at + 30);
    } else if (name === 'SSND') {
      layout.start = at + 16 + head.readUInt32BE(at + 8);
      layout.end = Math.min(size, at + 8 + length);
    }
    at += 8 + length + (length % 2);
  }
  if (layout.channels === 0 || layout.width === 0 || layout.rate < 1000 || layout.start === 0)
    throw new Error('no sound data');
  if (!/^(?:NONE|twos|sowt|raw |fl32|FL32|fl64|FL64)$/.test(layout.encoding)) {
    throw new ParseFailure(
      'unsupported',
      `Unsupported audio codec: "${layout.encoding.trim()}". Convert the file to MP3, AAC, FLAC, Opus or WAV.`,
    );
  }
  return layout;
}

/** Reads an 80-bit floating point number. */
function readExtended(data: Buffer, at: number): number {
  const exponent = (data.readUInt16BE(at) & 0x7fff) - 16_383;
  return data.readUInt32BE(at + 2) * 2 ** (exponent - 31) + data.readUInt32BE(at + 6) * 2 ** (exponent - 63);
}

function mixDown(data: Buffer, { channels, width, encoding }: Layout): Float32Array {
  const frames = Math.floor(data.length / (width * channels));
  const mono = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const value = readSample(data, (frame * channels + channel) * width, width, encoding);
      if (Number.isFinite(value)) sum += value;
    }
    mono[frame] = sum / channels;
  }
  return mono;
}

function readSample(data: Buffer, at: number, width: number, encoding: string): number {
  if (/^fl64$/i.test(encoding)) return data.readDoubleBE(at);
  if (/^fl32$/i.test(encoding)) return data.readFloatBE(at);
  if (encoding === 'raw ') return (data.readUInt8(at) - 128) / 128;
  const value = encoding === 'sowt' ? data.readIntLE(at, width) : data.readIntBE(at, width);
  return value / 2 ** (width * 8 - 1);
}
