import { MessageChannel } from 'node:worker_threads';
import type { Log } from '@lorebox/ports/runtime';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { SourceHost } from './source-host.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const RESPONDS = `const { parentPort } = require('node:worker_threads');
let pings = 0;
parentPort.on('message', (message) => {
  if ('close' in message) process.exit(0);
  if (message.method !== 'ping') return;
  pings += 1;
  parentPort.postMessage({ method: pings === 6 ? 'documentsAdded' : 'pong' });
});`;
const STALLS = `const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ method }) => { if (method === 'ping') for (;;); });`;

let host: SourceHost;
afterEach(() => host.stop());

function start(program: string, { wakeIngest = () => {}, stallMs = 200 } = {}) {
  const stalled: Date[] = [];
  const sources = {
    isEmpty: async () => false,
    async endStalled(at: Date) {
      stalled.push(at);
      return 1;
    },
  };
  const thread = new URL(
    `data:text/javascript,${encodeURIComponent(program.replace('require(', 'process.getBuiltinModule('))}`,
  );
  const openWriter = () => new MessageChannel().port1;
  const defaults = readConfig({});
  const config = { ...defaults, sources: { ...defaults.sources, stallMs } };
  host = new SourceHost(config, { sources, openWriter, wakeIngest, log: silent, thread });
  host.wake();
  return stalled;
}

it('restarts an unresponsive thread and ends its sync runs', async () => {
  const stalled = start(STALLS);
  await expect.poll(() => stalled.length, { timeout: 10_000 }).toBe(1);
  // The next thread is started and watched too.
  await expect.poll(() => stalled.length, { timeout: 10_000 }).toBe(2);
});

it('does not restart a responsive thread', async () => {
  let isDone = false;
  const wakeIngest = () => {
    isDone = true;
  };
  // A busy machine may delay an answer, too.
  const stalled = start(RESPONDS, { wakeIngest, stallMs: 1500 });
  await expect.poll(() => isDone, { timeout: 10_000 }).toBe(true);
  expect(stalled).toEqual([]);
});
