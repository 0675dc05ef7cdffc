import { KernelMemory, roundUp } from './vector-kernels.ts';

/** Rows per batch of dot products. */
const BLOCK = 4096;

/**
 * Vectors as int8 in sequence, with the size of one int8 step for each: 384 bytes per vector instead of 1,536 as
 * floats.
 */
export class Int8Rows {
  readonly dimension: number;
  private readonly padded: number;
  private readonly memory = new KernelMemory();
  private readonly floatsAt: number;
  private readonly numbersAt: number;
  private readonly outAt: number;
  private readonly rowsAt: number;
  private scales = new Float32Array(BLOCK);
  private size = 0;

  constructor(dimension: number) {
    this.dimension = dimension;
    this.padded = roundUp(dimension, 8);
    // The query as int16 is at address 0.
    this.floatsAt = roundUp(this.padded * 2, 16);
    this.numbersAt = roundUp(this.floatsAt + this.padded * 4, 16);
    this.outAt = this.numbersAt + BLOCK * 4;
    this.rowsAt = this.outAt + BLOCK * 4;
    this.memory.reserve(this.rowsAt);
  }

  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.memory.buffer.byteLength + this.scales.byteLength;
  }

  add(vector: Float32Array): void {
    const row = this.makeRoom(1);
    new Float32Array(this.memory.buffer, this.floatsAt, this.dimension).set(vector);
    this.scales[this.size] = this.memory.kernels.quantize(this.floatsAt, this.padded, row);
    this.size += 1;
  }

  /** Returns the value of one int8 step in this row. */
  stepOf(index: number): number {
    return this.scales[index] ?? 0;
  }

  /** Returns a row as floats, with the precision of int8. */
  read(index: number): Float32Array {
    const row = new Int8Array(this.memory.buffer, this.rowsAt + index * this.padded, this.dimension);
    const scale = this.scales[index] ?? 0;
    return Float32Array.from(row, (value) => value * scale);
  }

  /** Calls `each` with the dot product of every row and the query. */
  products(query: Float32Array, each: (product: number, index: number) => void): void {
    this.writeQuery(query);
    for (let first = 0; first < this.size; first += BLOCK) {
      const count = Math.min(BLOCK, this.size - first);
      this.memory.kernels.scan(this.rowsAt + first * this.padded, count, this.padded, this.outAt);
      const products = new Int32Array(this.memory.buffer, this.outAt, count);
      for (let i = 0; i < count; i += 1) each((products[i] ?? 0) * (this.scales[first + i] ?? 0), first + i);
    }
  }

  /** The same for a subset of the rows. */
  productsOf(query: Float32Array, rows: Int32Array, each: (product: number, index: number) => void): void {
    this.writeQuery(query);
    for (let first = 0; first < rows.length; first += BLOCK) {
      const numbers = rows.subarray(first, first + BLOCK);
      new Int32Array(this.memory.buffer, this.numbersAt, BLOCK).set(numbers);
      this.memory.kernels.scan_at(this.rowsAt, this.numbersAt, numbers.length, this.padded, this.outAt);
      const products = new Int32Array(this.memory.buffer, this.outAt, numbers.length);
      for (const [i, index] of numbers.entries()) each((products[i] ?? 0) * (this.scales[index] ?? 0), index);
    }
  }

  /** Returns views of the data to write to a file. Valid until the next row is added. */
  parts(count: number): Uint8Array[] {
    const scales = new Uint8Array(this.scales.buffer, 0, count * 4);
    return [scales, new Uint8Array(this.memory.buffer, this.rowsAt, count * this.padded)];
  }

  /** Allocates memory for the rows of a file. Fill the views that `parts` then returns with its bytes. */
  restore(count: number): void {
    this.makeRoom(count);
    this.size = count;
  }

  /** Returns the index of the next row. */
  private makeRoom(count: number): number {
    if (this.size + count > this.scales.length) {
      const scales = new Float32Array(Math.max(this.scales.length * 2, this.size + count));
      scales.set(this.scales);
      this.scales = scales;
    }
    this.memory.reserve(this.rowsAt + (this.size + count) * this.padded);
    return this.rowsAt + this.size * this.padded;
  }

  private writeQuery(query: Float32Array): void {
    const largest = query.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const scale = largest / 127 || 1;
    const target = new Int16Array(this.memory.buffer, 0, this.padded).fill(0);
    for (let i = 0; i < this.dimension; i += 1) target[i] = Math.round((query[i] ?? 0) / scale);
  }
}
