/** Encodes a vector for storage: float32, little-endian. */
export function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Returns a view of the bytes, or a copy if they are not aligned for floats. */
export function toFloats(bytes: Buffer): Float32Array {
  const isAligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0;
  const source = isAligned ? bytes : new Uint8Array(bytes);
  return new Float32Array(source.buffer, source.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
}
