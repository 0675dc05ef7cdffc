// Loaded into the server with --import, because it has no such metric itself. SIGUSR2 writes the figures and resets
// them.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION_MS = 5;
const file = process.env.LOREBOX_BENCH_LOOP_FILE;

// Threads and parser processes inherit the flag, but requests wait only for the server's own loop.
if (isMainThread && file && process.argv[1]?.endsWith('server/src/main.ts')) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  histogram.enable();
  process.on('SIGUSR2', () => {
    const { max } = histogram;
    const [p50, p99] = [histogram.percentile(50), histogram.percentile(99)].map(delay);
    writeFileSync(file, JSON.stringify({ p50, p99, max: delay(max) }));
    histogram.reset();
  });
}
