export interface DecodedAudio {
  channelData: Float32Array[];
  sampleRate: number;
  samplesDecoded: number;
}

/** Decodes one packet after the other. The samples of a packet may be returned with a later one. */
export interface PacketDecoder {
  ready?: Promise<void>;
  decodeFrame(packet: Uint8Array): DecodedAudio | Promise<DecodedAudio>;
  free(): void;
}
