import { MessageChannel } from 'node:worker_threads';
import type { Log } from '@lorebox/ports/runtime';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { SourceThread } from './source-host.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const ANSWERS = `const { parentPort } = require('node:worker_threads');
let pings = 0;
parentPort.on('message', ({ kind }) => {
  if (kind === 'stop') process.exit(0);
  if (kind !== 'ping') return;
  pings += 1;
  parentPort.postMessage({ kind: pings === 10 ? 'documents' : 'pong' });
});`;
const STALLS = `const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ kind }) => { if (kind === 'ping') for (;;); });`;

let host: SourceThread;
afterEach(() => host.stop());

function start(program: string, wakeIngest = () => {}) {
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
  const config = { ...defaults, sources: { ...defaults.sources, stallMs: 200 } };
  host = new SourceThread(config, { sources, openWriter, wakeIngest, log: silent, thread });
  host.wake();
  return stalled;
}

it('ends a thread that answers no more, and the runs that it was at', async () => {
  const stalled = start(STALLS);
  await expect.poll(() => stalled.length, { timeout: 10_000 }).toBe(1);
  // The next one is started, and watched as well.
  await expect.poll(() => stalled.length, { timeout: 10_000 }).toBe(2);
});

it('leaves a thread that answers alone', async () => {
  let isDone = false;
  const stalled = start(ANSWERS, () => {
    isDone = true;
  });
  await expect.poll(() => isDone, { timeout: 10_000 }).toBe(true);
  expect(stalled).toEqual([]);
});
