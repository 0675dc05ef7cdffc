import { BestOf } from './best-of.ts';
import { BitRows, type Spread } from './bit-rows.ts';
import { Int8Rows } from './int8-rows.ts';

/** From this many vectors on, bits choose which rows are worth int8 products. Up to here those take a millisecond or two. */
const BITS_FROM = 20_000;
/** Rows that the bits let through: enough that hardly one of the nearest is lost, whatever the vectors are. See the ADR. */
const BITS_SHARE = 0.04;
const BITS_LEAST = 4000;
/** Bits of fewer dimensions say too little. */
const BITS_DIMENSIONS = 128;

/**
 * The vectors of one workspace in memory: bits propose, int8 products narrow that down, and the exact scores come from the
 * float vectors in SQLite. 432 bytes a vector of 384 dimensions.
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

  /** Whether this is the vector of that row, as far as int8 tells. */
  hasVector(index: number, vector: Float32Array): boolean {
    const step = this.rows.stepOf(index);
    return this.rows.read(index).every((value, i) => Math.abs(value - (vector[i] ?? 0)) <= step);
  }

  get bytes(): number {
    return this.rows.bytes + (this.bits?.bytes ?? 0) + this.keys.byteLength;
  }

  /** Keys must grow from call to call. */
  add(key: number, vector: Float32Array): void {
    this.makeRoom(1);
    this.keys[this.count] = key;
    this.rows.add(vector);
    this.bits?.add(vector);
    if (!this.bits && this.count >= BITS_FROM && this.dimension >= BITS_DIMENSIONS) this.bits = this.makeBits();
  }

  /** The keys of the `limit` nearest vectors, nearest first, near enough to be scored exactly. */
  nearest(query: Float32Array, limit: number): number[] {
    const best = new BestOf(limit);
    const offer = (product: number, index: number) => best.offer(product, index);
    const wanted = Math.max(BITS_LEAST, limit * 4, Math.ceil(this.count * BITS_SHARE));
    if (this.bits && wanted < this.count) this.rows.productsOf(query, this.bits.nearest(query, wanted), offer);
    else this.rows.products(query, offer);
    return best.sorted().map((index) => this.keys[index] ?? 0);
  }

  /** What a file of the first `count` vectors holds; the views are good until the next `add`. */
  parts(count: number): Uint8Array[] {
    const keys = new Uint8Array(this.keys.buffer, 0, count * 8);
    return [keys, ...this.rows.parts(count), ...(this.bits ? [this.bits.part(count)] : [])];
  }

  get spread(): Spread | null {
    return this.bits?.spread ?? null;
  }

  /** Takes the place of `add` for an empty scan: the views are to be filled with what `parts` gave. */
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

  /** Most embedders put all of their vectors on one side of the origin: bits tell them apart around the mean alone. */
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
