export interface AudioFile {
  /** Duration in seconds according to the container. The samples may end earlier. */
  duration: number;
  /** One channel at 16 kHz, in pieces. @throws ParseFailure if the rest of the stream can't be read. */
  pieces(): AsyncGenerator<Float32Array>;
  close(): void;
}
