import { parentPort, workerData } from 'node:worker_threads';
import { HttpClient, queryPath } from './http-client.ts';
import type { ProbeData, ProbeReport } from './probe.ts';

const HEALTH_EVERY_MS = 20;
const LIST_EVERY_MS = 100;
const { url, apiKey, workspace } = workerData as ProbeData;
const http = new HttpClient(url, apiKey);
const report: ProbeReport = { healthz: [], list: [], ownDelay: [], failed: 0 };
const calls = new Set<Promise<void>>();

function measure(path: string, into: number[]): void {
  const started = performance.now();
  const call: Promise<void> = http
    .send({ method: 'GET', path })
    .then(() => void into.push(performance.now() - started))
    .catch(() => {
      report.failed += 1;
    })
    .finally(() => calls.delete(call));
  calls.add(call);
}

// A stalled server must not slow the requests down: the next one is sent whether or not the last one got a response.
let due = performance.now() + HEALTH_EVERY_MS;
const health = setInterval(() => {
  const now = performance.now();
  report.ownDelay.push(Math.max(0, now - due));
  due = now + HEALTH_EVERY_MS;
  measure('/healthz', report.healthz);
}, HEALTH_EVERY_MS);
const list = setInterval(
  () => measure(queryPath('documents.list', { workspace, limit: 20 }), report.list),
  LIST_EVERY_MS,
);

parentPort?.once('message', async () => {
  clearInterval(health);
  clearInterval(list);
  await Promise.all(calls);
  http.close();
  parentPort?.postMessage(report);
});
