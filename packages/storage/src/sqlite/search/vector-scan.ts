import { BestOf } from './best-of.ts';
import { BitRows, type Spread } from './bit-rows.ts';
import { Int8Rows } from './int8-rows.ts';

/**
 * From this many vectors on, bits select the rows for int8 products. Below, int8 products take a millisecond or two.
 */
const BITS_FROM = 20_000;
/** Share of rows that the bits select: enough to lose hardly any of the nearest for any vectors. See the ADR. */
const BITS_SHARE = 0.04;
const BITS_LEAST = 4000;
/** Bits of fewer dimensions are too inaccurate. */
const BITS_DIMENSIONS = 128;

/**
 * Vectors of one workspace in memory: bits select candidates, int8 products narrow them down, and the exact scores come
 * from the float vectors in SQLite. 432 bytes per vector of 384 dimensions.
 */
export class VectorScan {
  readonly dimension: number;
  readonly rows: Int8Rows;
  private bits: BitRows | null = null;
  private keys = new Float64Array(4096);

  constructor(dimension: number) {
    this.dimension = dimension;
    this.rows = new Int8Rows(dimension);
  }

  get count(): number {
    return this.rows.count;
  }

  get lastKey(): number {
    return this.count === 0 ? 0 : (this.keys[this.count - 1] ?? 0);
  }

  keyOf(index: number): number {
    return this.keys[index] ?? 0;
  }

  /** Returns whether this is the vector of that row, with the precision of int8. */
  hasVector(index: number, vector: Float32Array): boolean {
    const step = this.rows.stepOf(index);
    return this.rows.read(index).every((value, i) => Math.abs(value - (vector[i] ?? 0)) <= step);
  }

  get bytes(): number {
    return this.rows.bytes + (this.bits?.bytes ?? 0) + this.keys.byteLength;
  }

  /** Keys must increase from call to call. */
  add(key: number, vector: Float32Array): void {
    this.makeRoom(1);
    this.keys[this.count] = key;
    this.rows.add(vector);
    this.bits?.add(vector);
    if (!this.bits && this.count >= BITS_FROM && this.dimension >= BITS_DIMENSIONS) this.bits = this.makeBits();
  }

  /** Returns the keys of the approximately `limit` nearest vectors, nearest first, for exact scoring. */
  nearest(query: Float32Array, limit: number): number[] {
    const best = new BestOf(limit);
    const offer = (product: number, index: number) => best.offer(product, index);
    const wanted = Math.max(BITS_LEAST, limit * 4, Math.ceil(this.count * BITS_SHARE));
    if (this.bits && wanted < this.count) this.rows.productsOf(query, this.bits.nearest(query, wanted), offer);
    else this.rows.products(query, offer);
    return best.sorted().map((index) => this.keys[index] ?? 0);
  }

  /** Returns the file content of the first `count` vectors. The views are valid until the next `add`. */
  parts(count: number): Uint8Array[] {
    const keys = new Uint8Array(this.keys.buffer, 0, count * 8);
    return [keys, ...this.rows.parts(count), ...(this.bits ? [this.bits.part(count)] : [])];
  }

  get spread(): Spread | null {
    return this.bits?.spread ?? null;
  }

  /** Use instead of `add` for an empty scan: fill the returned views with the output of `parts`. */
  restore(count: number, spread: Spread | null): Uint8Array[] {
    this.makeRoom(count);
    this.rows.restore(count);
    this.bits = spread && new BitRows(this.dimension, spread);
    this.bits?.restore(count);
    return this.parts(count);
  }

  private makeRoom(count: number): void {
    if (this.count + count <= this.keys.length) return;
    const keys = new Float64Array(Math.max(this.keys.length * 2, this.count + count));
    keys.set(this.keys);
    this.keys = keys;
  }

  /**
   * Most embedders put all of their vectors on one side of the origin, so bits distinguish them only around the mean.
   */
  private makeBits(): BitRows {
    const mean = new Float32Array(this.dimension);
    const deviation = new Float32Array(this.dimension);
    const eachOf = (visit: (value: number, i: number) => void) => {
      for (let index = 0; index < this.count; index += 1) this.rows.read(index).forEach(visit);
    };
    eachOf((value, i) => {
      mean[i] = (mean[i] ?? 0) + value / this.count;
    });
    eachOf((value, i) => {
      deviation[i] = (deviation[i] ?? 0) + Math.abs(value - (mean[i] ?? 0)) / this.count;
    });
    const bits = new BitRows(this.dimension, { mean, deviation });
    for (let index = 0; index < this.count; index += 1) bits.add(this.rows.read(index));
    return bits;
  }
}
