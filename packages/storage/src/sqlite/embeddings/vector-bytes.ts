/** A vector as it is stored: float32, little-endian. */
export function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A view of the bytes, or a copy where they don't begin where a float may. */
export function toFloats(bytes: Buffer): Float32Array {
  const isAligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0;
  const source = isAligned ? bytes : new Uint8Array(bytes);
  return new Float32Array(source.buffer, source.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
}
