import { KernelMemory, roundUp } from './vector-kernels.ts';

const BLOCK = 8192;

/** Bit planes needed for a weight of 0 to 7. */
const PLANES = 3;
const MAX_WEIGHT = 2 ** PLANES - 1;

/** Distribution of the vectors in a workspace: the mean of each dimension, and the average distance from it. */
export interface Spread {
  mean: Float32Array;
  deviation: Float32Array;
}

/**
 * Stores one bit per dimension of each vector: the side of the mean it is on. Each dimension of a query is weighted by
 * its contribution to the dot products. The sum of the weights of dimensions on the other side approximates the
 * distance, with 1/32 of the bytes of floats and several times the speed of int8.
 */
export class BitRows {
  private readonly dimension: number;
  private readonly padded: number;
  private readonly rowBytes: number;
  private readonly memory = new KernelMemory();
  readonly spread: Spread;
  private readonly meanAt: number;
  private readonly floatsAt: number;
  private readonly outAt: number;
  private readonly rowsAt: number;
  private distances = new Uint16Array(0);
  private size = 0;

  constructor(dimension: number, spread: Spread) {
    this.spread = spread;
    this.dimension = dimension;
    this.padded = roundUp(dimension, 8);
    this.rowBytes = roundUp(this.padded / 8, 16);
    // The signs and weights of the query are at address 0.
    this.meanAt = this.rowBytes * (1 + PLANES);
    this.floatsAt = roundUp(this.meanAt + this.padded * 4, 16);
    this.outAt = roundUp(this.floatsAt + this.padded * 4, 16);
    this.rowsAt = this.outAt + BLOCK * 2;
    this.memory.reserve(this.rowsAt);
    new Float32Array(this.memory.buffer, this.meanAt, dimension).set(spread.mean);
  }

  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.memory.buffer.byteLength + this.distances.byteLength;
  }

  add(vector: Float32Array): void {
    this.memory.reserve(this.rowsAt + (this.size + 1) * this.rowBytes);
    new Float32Array(this.memory.buffer, this.floatsAt, this.dimension).set(vector);
    this.memory.kernels.signs(this.floatsAt, this.meanAt, this.padded, this.rowsAt + this.size * this.rowBytes);
    this.size += 1;
  }

  /**
   * Returns the indices of the `wanted` rows that disagree least with the query, including all ties with the last one.
   */
  nearest(query: Float32Array, wanted: number): Int32Array {
    this.writeQuery(query);
    if (this.distances.length < this.size) this.distances = new Uint16Array(Math.ceil(this.size * 1.25));
    const { distances } = this;
    const histogram = new Uint32Array(this.dimension * MAX_WEIGHT + 2);
    for (let first = 0; first < this.size; first += BLOCK) {
      const count = Math.min(BLOCK, this.size - first);
      this.memory.kernels.disagreement(this.rowsAt + first * this.rowBytes, count, this.rowBytes, this.outAt);
      const block = new Uint16Array(this.memory.buffer, this.outAt, count);
      distances.set(block, first);
      for (const distance of block) histogram[distance] = (histogram[distance] ?? 0) + 1;
    }
    let found = 0;
    let limit = 0;
    for (; limit < histogram.length && found < wanted; limit += 1) found += histogram[limit] ?? 0;
    const rows = new Int32Array(found);
    for (let i = 0, next = 0; next < found && i < this.size; i += 1) {
      if ((distances[i] ?? limit) < limit) {
        rows[next] = i;
        next += 1;
      }
    }
    return rows;
  }

  /** Like `Int8Rows.parts`. */
  part(count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.rowsAt, count * this.rowBytes);
  }

  restore(count: number): void {
    this.memory.reserve(this.rowsAt + count * this.rowBytes);
    this.size = count;
  }

  private writeQuery(query: Float32Array): void {
    const bytes = new Uint8Array(this.memory.buffer, 0, this.rowBytes * (1 + PLANES)).fill(0);
    const gains = query.map((value, i) => value * (this.spread.deviation[i] ?? 0));
    const largest = gains.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    // A few large dimensions must not reduce the weights of all others to zero.
    const cap = Math.min(largest, (3 * gains.reduce((sum, value) => sum + Math.abs(value), 0)) / this.dimension || 1);
    for (const [i, gain] of gains.entries()) {
      const [byte, bit] = [i >> 3, 1 << (i & 7)];
      const weight = Math.min(MAX_WEIGHT, Math.round((Math.abs(gain) / cap) * MAX_WEIGHT));
      if (gain > 0) bytes[byte] = (bytes[byte] ?? 0) | bit;
      for (let plane = 0; plane < PLANES; plane += 1) {
        const at = this.rowBytes * (1 + plane) + byte;
        if (weight & (1 << plane)) bytes[at] = (bytes[at] ?? 0) | bit;
      }
    }
  }
}
