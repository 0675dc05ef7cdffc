export interface DecodedAudio {
  channelData: Float32Array[];
  sampleRate: number;
  samplesDecoded: number;
}

/** One packet after the other; what a packet holds may come out with a later one. */
export interface PacketDecoder {
  ready?: Promise<void>;
  decodeFrame(packet: Uint8Array): DecodedAudio | Promise<DecodedAudio>;
  free(): void;
}
