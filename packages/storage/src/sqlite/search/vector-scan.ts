import { DOT_PRODUCT_WASM } from './dot-product.gen.ts';

/** How the kernel is called; see dot-product.wat. */
type Scan = (rows: number, count: number, dimension: number, out: number) => void;

const kernel = new WebAssembly.Module(Buffer.from(DOT_PRODUCT_WASM, 'base64'));
const PAGE = 65_536;
const BLOCK = 4096;

/**
 * The vectors of one workspace as int8 in memory, scanned whole by a SIMD kernel: 100,000 x 384 take 8 ms and 38 MB,
 * where sqlite-vec takes 120 ms. A scan gives candidates; exact scores come from the float vectors in SQLite.
 */
export class VectorScan {
  readonly dimension: number;
  private readonly padded: number;
  private readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  private readonly scan: Scan;
  private readonly rowsAt: number;
  private readonly outAt: number;
  private keys = new Float64Array(BLOCK);
  private scales = new Float32Array(BLOCK);
  private size = 0;

  constructor(dimension: number) {
    this.dimension = dimension;
    this.padded = Math.ceil(dimension / 8) * 8;
    this.outAt = Math.ceil((this.padded * 2) / 16) * 16;
    this.rowsAt = this.outAt + BLOCK * 4;
    const { exports } = new WebAssembly.Instance(kernel, { env: { memory: this.memory } });
    this.scan = exports.scan as Scan;
  }

  get count(): number {
    return this.size;
  }

  get lastKey(): number {
    return this.size === 0 ? 0 : (this.keys[this.size - 1] ?? 0);
  }

  get bytes(): number {
    return this.memory.buffer.byteLength + this.keys.byteLength + this.scales.byteLength;
  }

  /** Keys must grow from call to call. */
  add(key: number, vector: Float32Array): void {
    if (this.size === this.keys.length) this.grow();
    this.reserve(this.rowsAt + (this.size + 1) * this.padded);
    const scale = largest(vector) / 127 || 1;
    const factor = 1 / scale;
    const row = new Int8Array(this.memory.buffer, this.rowsAt + this.size * this.padded, this.padded);
    // Plain arithmetic: Math.round takes most of the time that a large workspace needs to load.
    for (let i = 0; i < this.dimension; i += 1) {
      const value = (vector[i] as number) * factor;
      row[i] = value < 0 ? value - 0.5 : value + 0.5;
    }
    this.keys[this.size] = key;
    this.scales[this.size] = scale;
    this.size += 1;
  }

  /** The keys of the `limit` nearest vectors, nearest first, near enough to be scored exactly. */
  nearest(query: Float32Array, limit: number): number[] {
    this.writeQuery(query);
    const best = new BestOf(limit);
    for (let first = 0; first < this.size; first += BLOCK) {
      const count = Math.min(BLOCK, this.size - first);
      this.scan(this.rowsAt + first * this.padded, count, this.padded, this.outAt);
      const products = new Int32Array(this.memory.buffer, this.outAt, count);
      for (let i = 0; i < count; i += 1) best.offer((products[i] ?? 0) * (this.scales[first + i] ?? 0), first + i);
    }
    return best.sorted().map((index) => this.keys[index] ?? 0);
  }

  private writeQuery(query: Float32Array): void {
    const scale = largest(query) / 127 || 1;
    const target = new Int16Array(this.memory.buffer, 0, this.padded).fill(0);
    for (let i = 0; i < this.dimension; i += 1) target[i] = Math.round((query[i] ?? 0) / scale);
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2);
    const scales = new Float32Array(this.scales.length * 2);
    keys.set(this.keys);
    scales.set(this.scales);
    this.keys = keys;
    this.scales = scales;
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE) + Math.floor(this.memory.buffer.byteLength / PAGE / 4));
  }
}

function largest(vector: Float32Array): number {
  let max = 0;
  for (let i = 0; i < vector.length; i += 1) {
    const value = vector[i] as number;
    if (value > max) max = value;
    else if (-value > max) max = -value;
  }
  return max;
}

/** Keeps the `limit` highest scores: a binary heap with the lowest of them on top. */
class BestOf {
  private readonly limit: number;
  private readonly scores: number[] = [];
  private readonly items: number[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  offer(score: number, item: number): void {
    if (this.scores.length < this.limit) {
      this.scores.push(score);
      this.items.push(item);
      this.siftUp(this.scores.length - 1);
    } else if (score > (this.scores[0] ?? Infinity)) {
      this.scores[0] = score;
      this.items[0] = item;
      this.siftDown();
    }
  }

  sorted(): number[] {
    const order = this.items.map((item, i) => ({ item, score: this.scores[i] ?? 0 }));
    return order.sort((a, b) => b.score - a.score || a.item - b.item).map(({ item }) => item);
  }

  private siftUp(start: number): void {
    for (let i = start; i > 0; ) {
      const parent = (i - 1) >> 1;
      if ((this.scores[parent] ?? 0) <= (this.scores[i] ?? 0)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  private siftDown(): void {
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= this.scores.length) return;
      const right = left + 1;
      const child = right < this.scores.length && (this.scores[right] ?? 0) < (this.scores[left] ?? 0) ? right : left;
      if ((this.scores[child] ?? 0) >= (this.scores[i] ?? 0)) return;
      this.swap(i, child);
      i = child;
    }
  }

  private swap(a: number, b: number): void {
    [this.scores[a], this.scores[b]] = [this.scores[b] ?? 0, this.scores[a] ?? 0];
    [this.items[a], this.items[b]] = [this.items[b] ?? 0, this.items[a] ?? 0];
  }
}
