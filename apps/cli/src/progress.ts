const WIDTH = 28;

/** One line on a terminal that shows how far something is; silent everywhere else. */
export class ProgressBar {
  private readonly label: string;
  private readonly isShown: boolean;
  private last = '';

  constructor(label: string, isShown: boolean) {
    this.label = label;
    this.isShown = isShown;
  }

  update(done: number, total: number, note = ''): void {
    if (!this.isShown) return;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const line = `${this.label} ${bar} ${done}/${total} ${note}`;
    if (line !== this.last) process.stderr.write(`\r\x1b[K${line}`);
    this.last = line;
  }

  finish(): void {
    if (this.isShown && this.last) process.stderr.write('\r\x1b[K');
  }
}
