import { Refusal } from './http-double.ts';

export interface StoredPoint<Fields> {
  id: string | number;
  vector: number[];
  fields: Fields;
}

/** Stores the points of fake vector databases. */
export class PointTable<Fields> {
  readonly dimension: number;
  readonly points = new Map<string | number, StoredPoint<Fields>>();

  constructor(dimension: number) {
    this.dimension = dimension;
  }

  put(point: StoredPoint<Fields>): void {
    this.check(point.vector);
    this.points.set(point.id, point);
  }

  removeWhere(isWanted: (point: StoredPoint<Fields>) => boolean): void {
    for (const point of this.points.values()) if (isWanted(point)) this.points.delete(point.id);
  }

  count(isWanted: (point: StoredPoint<Fields>) => boolean): number {
    return [...this.points.values()].filter(isWanted).length;
  }

  /** Returns the points that pass the filter, sorted by cosine, best first. */
  nearest(vector: number[], limit: number, isWanted: (point: StoredPoint<Fields>) => boolean) {
    this.check(vector);
    const scored = [...this.points.values()]
      .filter(isWanted)
      .map((point) => ({ point, score: cosine(vector, point.vector) }));
    return scored.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  private check(vector: number[]): void {
    if (vector.length !== this.dimension)
      throw new Refusal(400, `expected dim: ${this.dimension}, got ${vector.length}`);
  }
}

function cosine(a: number[], b: number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}
