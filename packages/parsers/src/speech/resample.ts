import { SAMPLE_RATE } from './settings.ts';

/** Zero crossings of the kernel on each side. */
const REACH = 12;
const PHASES = 256;

/**
 * Resamples one channel at any rate to 16 kHz, piece by piece, with a windowed sinc that cuts off below the lower of
 * both Nyquist rates. Samples near the end of a piece wait for the next one.
 */
export class Resampler {
  private readonly step: number;
  private readonly half: number;
  private readonly kernel: Float32Array;
  private pending: Float32Array;
  /** Position of the next output sample in `pending`. */
  private position: number;

  constructor(rate: number) {
    this.step = rate / SAMPLE_RATE;
    const stretch = Math.max(1, this.step);
    this.half = Math.ceil(REACH * stretch);
    this.kernel = makeKernel(this.half, stretch);
    this.pending = new Float32Array(this.half);
    this.position = this.half;
  }

  push(samples: Float32Array): Float32Array {
    const input = new Float32Array(this.pending.length + samples.length);
    input.set(this.pending);
    input.set(samples, this.pending.length);
    const count = Math.max(0, Math.ceil((input.length - this.half - this.position) / this.step));
    const output = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      output[i] = this.at(input, this.position);
      this.position += this.step;
    }
    const used = Math.max(0, Math.min(input.length, Math.floor(this.position) - this.half));
    this.pending = input.slice(used);
    this.position -= used;
    return output;
  }

  finish(): Float32Array {
    return this.push(new Float32Array(this.half));
  }

  private at(input: Float32Array, position: number): number {
    const middle = Math.floor(position);
    const phase = Math.floor((position - middle) * PHASES);
    const width = 2 * this.half;
    let sum = 0;
    for (let tap = 0; tap < width; tap++) {
      sum += (this.kernel[phase * width + tap] ?? 0) * (input[middle - this.half + 1 + tap] ?? 0);
    }
    return sum;
  }
}

function makeKernel(half: number, stretch: number): Float32Array {
  const width = 2 * half;
  const kernel = new Float32Array(PHASES * width);
  for (let phase = 0; phase < PHASES; phase++) {
    for (let tap = 0; tap < width; tap++) {
      const distance = tap - half + 1 - phase / PHASES;
      const x = (Math.PI * distance) / stretch;
      const window = Math.abs(distance) >= half ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / half);
      kernel[phase * width + tap] = ((x === 0 ? 1 : Math.sin(x) / x) * window) / stretch;
    }
  }
  return kernel;
}
