import { connect, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import type { AskStarted } from '@lorebox/contract/chat';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { readCpuTime } from '../load/cpu-time.ts';
import { startDoubles } from '../load/doubles.ts';
import { readMemory } from '../load/memory.ts';
import { startProbe, WAIT_HEADER, waitCells } from '../load/probe.ts';
import { finishProfile, profileFolder } from '../load/profile.ts';
import { Samples } from '../load/samples.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const OPENED_AT_ONCE = 50;

/**
 * Opens many streams that subscribe to running answers, and measures what the subscribers receive and how long other
 * clients wait.
 */
export async function fanOut(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      streams: { type: 'string', default: '100,1000' },
      answers: { type: 'string', default: '10' },
      words: { type: 'string', default: '200' },
      delay: { type: 'string', default: '50' },
      prof: { type: 'boolean', default: false },
    },
  });
  const doubles = await startDoubles({ delayMs: Number(values.delay), words: Number(values.words) });
  const profile = profileFolder(values.prof, 'fan-out');
  const server = await startServer({ env: { ...doubles.embedder, ...doubles.model }, profile });
  const workspace = await server.createWorkspace('fan-out');
  const rows: string[][] = [];
  for (const streams of values.streams.split(',').map(Number)) {
    rows.push(await watchAll(server, workspace, streams, Number(values.answers)));
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  await server.stop();
  doubles.close();
  printHeading(`Answers of ${values.words} words, one in ${values.delay} ms, followed by many over REST`);
  const header = ['streams', 'whole', 'events/s', 'lag behind the first p50/p95/p99', 'server CPU s', 'MB a stream'];
  printTable([...header, ...WAIT_HEADER], rows);
  printNote('Lag: how much later than the first of its watchers each stream got an event. The load shares the cores.');
  finishProfile(profile);
  await server.dispose();
}

async function watchAll(server: BenchServer, workspace: string, count: number, answers: number): Promise<string[]> {
  const { http, lorebox } = server;
  const started = await Promise.all(
    Array.from({ length: answers }, () => http.mutate<AskStarted>('chat.ask', { workspace, question: 'Tell me all.' })),
  );
  const before = readMemory(lorebox.pid).server;
  const cpu = readCpuTime(lorebox.pid);
  const first = new Map<string, number>();
  const lag = new Samples();
  let events = 0;
  const streams: Stream[] = [];
  for (let i = 0; i < count; i += OPENED_AT_ONCE) {
    const opened = Array.from({ length: Math.min(OPENED_AT_ONCE, count - i) }, (_, n) => {
      const { answerId = '' } = started[(i + n) % answers] ?? {};
      const path = `/v1/answers/${answerId}/events`;
      return openStream(lorebox.url, lorebox.apiKey, path, (id, isLive) => {
        events += 1;
        const key = `${answerId} ${id}`;
        const now = performance.now();
        const then = first.get(key);
        if (then === undefined) first.set(key, now);
        else if (isLive) lag.add(now - then);
      });
    });
    streams.push(...(await Promise.all(opened)));
  }
  const end = await startProbe(server, workspace);
  const from = performance.now();
  events = 0;
  const held = readMemory(lorebox.pid).server;
  const whole = await Promise.all(streams.map(({ ended }) => ended));
  const seconds = (performance.now() - from) / 1000;
  const waits = await end();
  return [
    String(count),
    String(whole.filter(Boolean).length),
    figure(events / seconds),
    percentiles(lag, 50, 95, 99),
    figure((readCpuTime(lorebox.pid) - cpu) / 1000),
    figure((held - before) / count),
    ...waitCells(waits),
  ];
}

interface Stream {
  /** True if it received its last event. */
  ended: Promise<boolean>;
}

/** Resolves when the response headers arrive. Earlier events don't count for the latency. */
function openStream(url: string, apiKey: string, path: string, onEvent: (id: string, isLive: boolean) => void) {
  const { port, hostname, host } = new URL(url);
  return new Promise<Stream>((resolve, reject) => {
    let isOver = false;
    let pieces = 0;
    let tail = '';
    const socket: Socket = connect(Number(port), hostname, () => {
      const lines = [`GET ${path} HTTP/1.1`, `host: ${host}`, `authorization: Bearer ${apiKey}`];
      socket.write(`${[...lines, 'accept: text/event-stream', 'connection: close', '', ''].join('\r\n')}`);
    });
    const ended = new Promise<boolean>((done) => socket.once('close', () => done(isOver)));
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.on('data', (piece) => {
      const text = tail + piece;
      pieces += 1;
      if (pieces === 1) resolve({ ended });
      let at = 0;
      for (let next = text.indexOf('\nid: ', at); next >= 0; next = text.indexOf('\nid: ', at)) {
        const close = text.indexOf('\n\n', next);
        if (close < 0) break;
        // The first piece contains events from before this stream was opened.
        onEvent(text.slice(next + 5, close), pieces > 2);
        at = close;
      }
      isOver ||= text.includes('event: answer-end');
      tail = text.slice(Math.max(at, text.length - 5000));
      if (isOver) socket.destroy();
    });
  });
}
