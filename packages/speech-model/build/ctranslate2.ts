import { readFileSync } from 'node:fs';

export interface Tensor {
  shape: number[];
  /** Values as stored by CTranslate2: IEEE half precision. */
  halves: Uint16Array;
}

/** CTranslate2's type number for half precision. */
const FLOAT16 = 4;

/** Reads the weights of a `model.bin` (or of its parts) in CTranslate2's format, version 6. */
export function readCTranslate2(paths: readonly string[]): Map<string, Tensor> {
  const bytes = Buffer.concat(paths.map((path) => readFileSync(path)));
  let at = 0;
  const u8 = () => bytes.readUInt8(at++);
  const u16 = () => {
    at += 2;
    return bytes.readUInt16LE(at - 2);
  };
  const u32 = () => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const string = () => {
    const length = u16();
    at += length;
    return bytes.toString('latin1', at - length, at).replace(/\0$/, '');
  };
  const version = u32();
  const spec = string();
  if (version !== 6 || spec !== 'WhisperSpec') throw new Error(`not a Whisper model of version 6: ${spec} ${version}`);
  u32(); // revision of the specification
  const tensors = new Map<string, Tensor>();
  for (let left = u32(); left > 0; left--) {
    const name = string();
    const shape = Array.from({ length: u8() }, u32);
    const type = u8();
    const size = u32();
    // Copied, because the values may be at an odd address.
    if (type === FLOAT16) {
      tensors.set(name, { shape, halves: new Uint16Array(Uint8Array.from(bytes.subarray(at, at + size)).buffer) });
    }
    at += size;
  }
  return tensors;
}
