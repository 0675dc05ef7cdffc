import { VECTOR_KERNELS_WASM } from './vector-kernels.gen.ts';

/** Exports of vector-kernels.wat. Addresses and sizes are bytes in the memory of the kernels. */
export interface VectorKernels {
  scan(rows: number, count: number, dimension: number, out: number): void;
  scan_at(rows: number, at: number, count: number, dimension: number, out: number): void;
  disagreement(rows: number, count: number, bytes: number, out: number): void;
  quantize(floats: number, dimension: number, row: number): number;
  signs(floats: number, mean: number, dimension: number, row: number): void;
}

const module = new WebAssembly.Module(Buffer.from(VECTOR_KERNELS_WASM, 'base64'));
const PAGE = 65_536;

/** Kernels with a growable memory that belongs to one object. */
export class KernelMemory {
  readonly kernels: VectorKernels;
  private readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });

  constructor() {
    const instance = new WebAssembly.Instance<VectorKernels>(module, { env: { memory: this.memory } });
    this.kernels = instance.exports;
  }

  /** A different buffer after each `reserve`. */
  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  /** Grows the memory to this address plus a quarter. */
  reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE) + Math.floor(this.memory.buffer.byteLength / PAGE / 4));
  }
}

export const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
