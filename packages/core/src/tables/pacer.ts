/** Work on this many cells takes about 20 ms. */
const CELLS_PER_TURN = 20_000;

/** Lets other work run after every 20,000 cells of a large table. */
export class Pacer {
  private cells = 0;

  async add(cells: number): Promise<void> {
    this.cells += cells;
    if (this.cells < CELLS_PER_TURN) return;
    this.cells = 0;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
