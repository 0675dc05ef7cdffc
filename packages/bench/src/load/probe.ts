import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { figure, percentiles } from '../report.ts';
import type { BenchServer, LoopDelay } from './bench-server.ts';
import { Samples } from './samples.ts';

export interface ProbeData {
  url: string;
  apiKey: string;
  workspace: string;
}

export interface ProbeReport {
  healthz: number[];
  list: number[];
  /** Delay of the probe's own timer, which is caused by the machine and not by the server. */
  ownDelay: number[];
  failed: number;
}

export interface Waits {
  healthz: Samples;
  list: Samples;
  ownDelay: Samples;
  failed: number;
  loop: LoopDelay;
}

/**
 * Another client in a separate thread. Its response times show what every user experiences while the server is busy.
 */
export async function startProbe(server: BenchServer, workspace: string): Promise<() => Promise<Waits>> {
  const { url, apiKey } = server.lorebox;
  const worker = new Worker(fileURLToPath(import.meta.resolve('./probe-thread.ts')), {
    workerData: { url, apiKey, workspace } satisfies ProbeData,
  });
  await new Promise((resolve) => worker.once('online', resolve));
  await server.loopDelay();
  return async () => {
    const loop = await server.loopDelay();
    const reported = new Promise<ProbeReport>((resolve) => worker.once('message', resolve));
    worker.postMessage('stop');
    const { healthz, list, ownDelay, failed } = await reported;
    await worker.terminate();
    return { healthz: toSamples(healthz), list: toSamples(list), ownDelay: toSamples(ownDelay), failed, loop };
  };
}

export const WAIT_HEADER = [
  'healthz p50/p95/p99/max',
  'documents.list p50/p95/p99/max',
  'event-loop delay p50/p99/max',
  "probe's own delay p99",
];

export function waitCells({ healthz, list, loop, ownDelay }: Waits): string[] {
  return [
    percentiles(healthz, 50, 95, 99, 100),
    percentiles(list, 50, 95, 99, 100),
    [loop.p50, loop.p99, loop.max].map(figure).join(' / '),
    percentiles(ownDelay, 99),
  ];
}

function toSamples(values: readonly number[]): Samples {
  const samples = new Samples();
  for (const value of values) samples.add(value);
  return samples;
}
