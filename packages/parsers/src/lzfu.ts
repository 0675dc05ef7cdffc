const INITIAL =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** Decompresses the RTF of Outlook messages (MS-OXRTFCP). The result is at most `limit` bytes long. */
export function decompressRtf(bytes: Uint8Array, limit = 64 * 1024 * 1024): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 16) return new Uint8Array();
  const size = Math.min(limit, data.readUInt32LE(4));
  if (data.readUInt32LE(8) === 0x414c454d) return data.subarray(16, 16 + size);
  const window = Buffer.alloc(4096, ' ');
  window.write(INITIAL, 'latin1');
  let write = INITIAL.length;
  const output = Buffer.alloc(size);
  let length = 0;
  let at = 16;
  const put = (byte: number) => {
    if (length < size) output[length++] = byte;
    window[write] = byte;
    write = (write + 1) % 4096;
  };
  while (at < data.length && length < size) {
    const control = data[at++] as number;
    for (let bit = 0; bit < 8 && at < data.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(data[at++] as number);
        continue;
      }
      const token = (data[at] as number) * 256 + (data[at + 1] ?? 0);
      at += 2;
      const offset = token >> 4;
      if (offset === write) return output.subarray(0, length);
      for (let index = 0; index < (token & 15) + 2; index++) put(window[(offset + index) % 4096] as number);
    }
  }
  return output.subarray(0, length);
}
