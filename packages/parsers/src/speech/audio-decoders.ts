import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { type AudioCodec, AudioSample, CustomAudioDecoder, type EncodedPacket, registerDecoder } from 'mediabunny';
import { MPEGDecoder } from 'mpg123-decoder';
import { OpusDecoder } from 'opus-decoder';
import { AacDecoder } from './aac-decoder.ts';
import type { DecodedAudio, PacketDecoder } from './packet-decoder.ts';
import { VorbisDecoder } from './vorbis-decoder.ts';

/** Returns the description as bytes: it can be a view or a buffer. */
function descriptionOf({ description }: AudioDecoderConfig): Uint8Array {
  if (!description) return new Uint8Array();
  if (ArrayBuffer.isView(description)) {
    return new Uint8Array(description.buffer, description.byteOffset, description.byteLength);
  }
  return new Uint8Array(description);
}

const OPENERS: Partial<Record<AudioCodec, (config: AudioDecoderConfig) => PacketDecoder>> = {
  mp3: () => new MPEGDecoder(),
  opus: (config) => openOpus(config),
  flac: () => openFlac(),
  vorbis: (config) => new VorbisDecoder(descriptionOf(config)),
  aac: (config) => new AacDecoder(descriptionOf(config)),
};

function openOpus(config: AudioDecoderConfig): PacketDecoder {
  const head = descriptionOf(config);
  const channels = config.numberOfChannels;
  const hasTable = (head[18] ?? 0) > 0 && head.byteLength >= 21 + channels;
  return new OpusDecoder({
    channels,
    streamCount: hasTable ? head[19] : 1,
    coupledStreamCount: hasTable ? head[20] : channels - 1,
    channelMappingTable: hasTable ? [...head.subarray(21, 21 + channels)] : channels === 2 ? [0, 1] : [0],
  });
}

function openFlac(): PacketDecoder {
  const decoder = new FLACDecoder();
  return {
    ready: decoder.ready,
    decodeFrame: (packet) => decoder.decodeFrames([packet]),
    free: () => decoder.free(),
  };
}

const MAX_BROKEN_PACKETS = 20;

/** Connects the decoders to the containers that mediabunny opens and the samples it returns. */
class PacketAudioDecoder extends CustomAudioDecoder {
  private decoder: PacketDecoder | undefined;
  private failure: unknown;
  private decoded = 0;
  private failed = 0;

  static override supports(codec: AudioCodec): boolean {
    return OPENERS[codec] !== undefined;
  }

  async init(): Promise<void> {
    try {
      this.decoder = OPENERS[this.codec]?.(this.config);
      await this.decoder?.ready;
    } catch (error) {
      // Nothing awaits this yet, so throwing would crash the process.
      this.failure = error;
    }
  }

  async decode(packet: EncodedPacket): Promise<void> {
    if (this.failure) throw this.failure;
    const decoded = await this.tryDecode(packet.data);
    if (!decoded || decoded.samplesDecoded === 0 || decoded.channelData.length === 0) return;
    const { channelData, sampleRate, samplesDecoded } = decoded;
    const data = new Float32Array(samplesDecoded * channelData.length);
    for (const [i, channel] of channelData.entries()) {
      data.set(channel.subarray(0, samplesDecoded), i * samplesDecoded);
    }
    const numberOfChannels = channelData.length;
    const { timestamp } = packet;
    this.onSample(new AudioSample({ data, format: 'f32-planar', numberOfChannels, sampleRate, timestamp }));
  }

  /** Skips broken packets, unless most of them are broken. */
  private async tryDecode(packet: Uint8Array): Promise<DecodedAudio | undefined> {
    try {
      const decoded = await this.decoder?.decodeFrame(packet);
      // One value that is no number would spread over everything the model hears.
      if (decoded?.channelData.some((channel) => !channel.every(Number.isFinite))) throw new Error('no numbers');
      this.decoded++;
      return decoded;
    } catch (error) {
      this.failed++;
      if (this.failed > MAX_BROKEN_PACKETS && this.failed > this.decoded) throw error;
      return undefined;
    }
  }

  flush(): void {}

  close(): void {
    this.decoder?.free();
  }
}

registerDecoder(PacketAudioDecoder);
