const BLOCK = 32;

const FLOATS = new Float32Array(65_536);
for (let half = 0; half < FLOATS.length; half++) FLOATS[half] = fromHalf(half);

function fromHalf(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}

export function halvesToFloats(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => FLOATS[half] ?? 0);
}

/** Returns the nearest half-precision value. Scales of weights are far from its limits. */
function toHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -24) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const isNormal = size >= 2 ** -14;
  const fraction = Math.round((size / 2 ** exponent - (isNormal ? 1 : 0)) * 1024);
  // A fraction that rounds up to 1024 correctly carries into the exponent.
  return sign | ((isNormal ? (exponent + 15) << 10 : 0) + fraction);
}

/** GGML's Q5_1: a scale, a minimum and five bits each per 32 values. */
export function quantiseQ5(values: Float32Array): Uint8Array {
  const out = new DataView(new ArrayBuffer((values.length / BLOCK) * 24));
  for (let block = 0; block * BLOCK < values.length; block++) {
    const part = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    const min = Math.min(...part);
    const scale = (Math.max(...part) - min) / 31;
    const at = block * 24;
    out.setUint16(at, toHalf(scale), true);
    out.setUint16(at + 2, toHalf(min), true);
    let high = 0;
    for (let j = 0; j < BLOCK / 2; j++) {
      const low = level(part[j] ?? 0, min, scale, 31);
      const upper = level(part[j + BLOCK / 2] ?? 0, min, scale, 31);
      out.setUint8(at + 8 + j, (low & 15) | ((upper & 15) << 4));
      high |= ((low >> 4) << j) | ((upper >> 4) << (j + BLOCK / 2));
    }
    out.setUint32(at + 4, high >>> 0, true);
  }
  return new Uint8Array(out.buffer);
}

/** GGML's Q8_0: a scale and a signed byte each per 32 values. */
export function quantiseQ8(values: Float32Array): Uint8Array {
  const out = new DataView(new ArrayBuffer((values.length / BLOCK) * 34));
  for (let block = 0; block * BLOCK < values.length; block++) {
    const part = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    const scale = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    out.setUint16(block * 34, toHalf(scale), true);
    for (const [j, value] of part.entries()) {
      out.setInt8(block * 34 + 2 + j, scale === 0 ? 0 : Math.round(value / scale));
    }
  }
  return new Uint8Array(out.buffer);
}

function level(value: number, min: number, scale: number, max: number): number {
  return scale === 0 ? 0 : Math.min(max, Math.max(0, Math.floor((value - min) / scale + 0.5)));
}
