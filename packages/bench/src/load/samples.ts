/** Measurements of one thing, in milliseconds. */
export class Samples {
  private readonly values: number[] = [];
  private isSorted = true;

  add(value: number): void {
    this.values.push(value);
    this.isSorted = false;
  }

  get count(): number {
    return this.values.length;
  }

  /** Nearest rank; NaN without samples. */
  at(percentile: number): number {
    if (!this.isSorted) this.values.sort((a, b) => a - b);
    this.isSorted = true;
    const rank = Math.ceil((percentile / 100) * this.values.length) - 1;
    return this.values[Math.max(0, rank)] ?? Number.NaN;
  }

  get max(): number {
    return this.at(100);
  }

  get mean(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / this.values.length;
  }
}
