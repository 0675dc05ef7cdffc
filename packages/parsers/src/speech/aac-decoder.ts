import { createRequire } from 'node:module';
import type { DecodedAudio, PacketDecoder } from './packet-decoder.ts';

const require = createRequire(import.meta.url);
const LOW_COMPLEXITY = 2;
const SPECTRAL_BAND_REPLICATION = 5;
const PARAMETRIC_STEREO = 29;

/** Types of Aurora and its AAC decoder, which have none. */
interface AuroraDecoder {
  config: { sampleRate: number; chanConfig: number };
  bitstream: unknown;
  setCookie(buffer: unknown): void;
  init(): void;
  format: Record<string, unknown>;
  readChunk(): Float32Array;
}
interface Aurora {
  Buffer: new (bytes: Uint8Array) => unknown;
  Stream: { fromBuffer(buffer: unknown): unknown };
  Bitstream: new (stream: unknown) => unknown;
}
interface AuroraDecoderClass {
  prototype: AuroraDecoder;
}

/**
 * Replaces the noise generator of the decoder, which loses its low bits, reaches zero and then divides by that energy.
 * Its state is an ordinary property, so that an accessor on the prototype can replace it.
 */
function patchNoiseGenerator(): void {
  const { prototype } = require('aac/src/ics');
  if (Object.hasOwn(prototype, 'randomState')) return;
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state | 1;
  };
  Object.defineProperty(prototype, 'randomState', { get: next, set: () => {} });
}

/**
 * Decodes AAC-LC with Aurora. For the high-efficiency profiles, decodes the core: half the sample rate, which is enough
 * for speech.
 */
export class AacDecoder implements PacketDecoder {
  private readonly aurora: Aurora = require('av');
  private readonly decoder: AuroraDecoder;

  private isConfigured = false;

  /** `description`: an AudioSpecificConfig; empty if every packet has its own header (ADTS). */
  constructor(description: Uint8Array) {
    const { prototype }: AuroraDecoderClass = require('aac');
    patchNoiseGenerator();
    // Its constructor needs a demuxer, but the packets come from ours.
    this.decoder = Object.create(prototype);
    this.decoder.format = {};
    this.decoder.init();
    if (description.byteLength > 0) this.configure(coreConfig(description));
  }

  decodeFrame(packet: Uint8Array): DecodedAudio {
    if (!this.isConfigured) this.configure(configOfHeader(packet));
    const { Buffer, Stream, Bitstream } = this.aurora;
    this.decoder.bitstream = new Bitstream(Stream.fromBuffer(new Buffer(packet)));
    const { sampleRate } = this.decoder.config;
    const interleaved = this.decoder.readChunk();
    const count = this.decoder.config.chanConfig === 7 ? 8 : this.decoder.config.chanConfig;
    const samplesDecoded = interleaved.length / count;
    const channelData = Array.from({ length: count }, (_, channel) =>
      Float32Array.from({ length: samplesDecoded }, (_, i) => interleaved[i * count + channel] ?? 0),
    );
    return { channelData, sampleRate, samplesDecoded };
  }

  free(): void {}

  private configure(config: Uint8Array): void {
    this.decoder.setCookie(new this.aurora.Buffer(config));
    this.isConfigured = true;
  }
}

function configOfHeader([, , third = 0, fourth = 0]: Uint8Array): Uint8Array {
  const profile = (third >> 6) + 1;
  const rateIndex = (third >> 2) & 15;
  const channels = ((third & 1) << 2) | (fourth >> 6);
  return Uint8Array.of((profile << 3) | (rateIndex >> 1), ((rateIndex & 1) << 7) | (channels << 3));
}

/** Returns the config of the low-complexity core in a high-efficiency stream. */
export function coreConfig(description: Uint8Array): Uint8Array {
  const profile = (description[0] ?? 0) >> 3;
  if (profile !== SPECTRAL_BAND_REPLICATION && profile !== PARAMETRIC_STEREO) return description;
  const rateIndex = (((description[0] ?? 0) & 7) << 1) | ((description[1] ?? 0) >> 7);
  const channels = ((description[1] ?? 0) >> 3) & 15;
  if (rateIndex === 15) throw new Error('AAC of an unusual sample rate');
  return Uint8Array.of((LOW_COMPLEXITY << 3) | (rateIndex >> 1), ((rateIndex & 1) << 7) | (channels << 3));
}
