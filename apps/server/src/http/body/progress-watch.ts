/** A trickle of single bytes does not count as progress. */
const MIN_PROGRESS_BYTES = 1024;

export interface ProgressWatch {
  count(bytes: number): void;
  end(): void;
}

/** Calls `onStall` when a body receives less than a kilobyte in `idleMs`. */
export function watchProgress(idleMs: number, onStall: () => void): ProgressWatch {
  let bytesSinceCheck = 0;
  const timer = setInterval(() => {
    if (bytesSinceCheck < MIN_PROGRESS_BYTES) onStall();
    bytesSinceCheck = 0;
  }, idleMs);
  return {
    count(bytes) {
      bytesSinceCheck += bytes;
    },
    end: () => clearInterval(timer),
  };
}
