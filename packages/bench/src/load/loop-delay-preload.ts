// Loaded into the server with --import: it has no such metric of its own. SIGUSR2 writes the figures and starts anew.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION_MS = 5;
const file = process.env.LOREBOX_BENCH_LOOP_FILE;

// Threads and the parsers' processes inherit the flag; it is the server's own loop that requests wait for.
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
