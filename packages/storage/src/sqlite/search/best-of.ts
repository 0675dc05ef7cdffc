/** Keeps the `limit` highest scores in a binary heap with the lowest on top. */
export class BestOf {
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
