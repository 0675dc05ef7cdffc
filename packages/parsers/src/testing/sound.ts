/**
 * Builds a WAV file with one channel at 16 kHz, 16 bits. `at` returns the sample at a time in seconds, from -1 to 1.
 */
export function buildWav(seconds: number, at: (time: number) => number): Uint8Array {
  const rate = 16_000;
  const count = Math.round(seconds * rate);
  const wav = Buffer.alloc(44 + 2 * count);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + 2 * count, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(2 * count, 40);
  for (let i = 0; i < count; i++) wav.writeInt16LE(Math.round(at(i / rate) * 32_767), 44 + 2 * i);
  return new Uint8Array(wav);
}

export const tone = (hertz: number, loudness: number) => (time: number) =>
  loudness * Math.sin(2 * Math.PI * hertz * time);
