const WIDTH = 28;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
/** No estimate is shown before this time in milliseconds. */
const MIN_ELAPSED_MS = 2000;

/** Shows the progress on one line of a terminal. Prints nothing elsewhere. */
export class ProgressBar {
  private readonly label: string;
  private readonly isShown: boolean;
  private readonly startedAt = Date.now();
  private last = '';

  constructor(label: string, isShown: boolean) {
    this.label = label;
    this.isShown = isShown;
  }

  update(done: number, total: number, note = '', format: (n: number) => string = String): void {
    if (!this.isShown) return;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const line = `${this.label} ${bar} ${format(done)}/${format(total)} ${note}`;
    const shown = line.slice(0, Math.max(20, (process.stderr.columns ?? 120) - 1));
    if (shown !== this.last) process.stderr.write(`\r\x1b[K${shown}`);
    this.last = shown;
  }

  /** Shows progress in bytes, with the remaining time at the rate so far. */
  updateBytes(done: number, total: number, name: string): void {
    const left = estimateSeconds(done, total, Date.now() - this.startedAt);
    this.update(done, total, [formatTimeLeft(left), name].filter((part) => part !== '').join('  '), formatBytes);
  }

  finish(): void {
    if (this.isShown && this.last) process.stderr.write('\r\x1b[K');
  }
}

/** Returns null while it can't be estimated. */
export function estimateSeconds(done: number, total: number, elapsedMs: number): number | null {
  if (done === 0 || elapsedMs < MIN_ELAPSED_MS) return null;
  return Math.round((elapsedMs / 1000) * (Math.max(0, total - done) / done));
}

export function formatTimeLeft(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 90) return `${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min left` : `${Math.round(minutes / 60)} h left`;
}

export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
