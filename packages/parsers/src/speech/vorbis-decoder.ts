import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import type { DecodedAudio, PacketDecoder } from './packet-decoder.ts';

/**
 * The part of the package behind its Ogg reader, which is not needed because packets also come from other containers.
 */
interface PacketSynthesis {
  sendSetupHeader(header: Uint8Array): void;
  initDsp(): void;
  decodePackets(packets: Uint8Array[]): DecodedAudio;
}

function synthesisOf(decoder: OggVorbisDecoder): PacketSynthesis {
  return (decoder as unknown as { _decoder: PacketSynthesis })._decoder;
}

export class VorbisDecoder implements PacketDecoder {
  readonly ready: Promise<void>;
  private readonly decoder = new OggVorbisDecoder();

  /** `description`: the three headers of a stream with Xiph lacing. */
  constructor(description: Uint8Array) {
    const [identification, , setup] = splitHeaders(description);
    this.ready = this.decoder.ready.then(() => {
      const synthesis = synthesisOf(this.decoder);
      if (!identification || !setup) throw new Error('Vorbis headers are missing');
      // The comments between them are not needed. The package replaces them with empty ones.
      synthesis.sendSetupHeader(identification);
      synthesis.sendSetupHeader(setup);
      synthesis.initDsp();
    });
  }

  decodeFrame(packet: Uint8Array): DecodedAudio {
    return synthesisOf(this.decoder).decodePackets([packet]);
  }

  free(): void {
    this.decoder.free();
  }
}

/** Layout: count minus one, the sizes of all headers but the last in runs of 255, the headers. */
function splitHeaders(bytes: Uint8Array): Uint8Array[] {
  let at = 1;
  const sizes = Array.from({ length: bytes[0] ?? 0 }, () => {
    let size = 0;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      size += byte;
      if (byte < 255) return size;
    }
  });
  const headers = sizes.map((size) => {
    at += size;
    return bytes.slice(at - size, at);
  });
  return [...headers, bytes.slice(at)];
}
