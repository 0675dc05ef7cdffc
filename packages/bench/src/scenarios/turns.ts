import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AskStarted } from '@lorebox/contract/chat';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { keepBusy } from '../load/concurrently.ts';
import { readCpuTime } from '../load/cpu-time.ts';
import { startDoubles } from '../load/doubles.ts';
import { HttpClient, queryPath } from '../load/http-client.ts';
import { readMemory } from '../load/memory.ts';
import { finishProfile, profileFolder } from '../load/profile.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const DOCUMENTS = 200;
const WORDS = 200;
const WARM_UP_SECONDS = 2;
const REST_MS = 30_000;
const DIRECT_CALLS = 200;
/** Characters of a prompt with eight passages. */
const PROMPT_LENGTH = 8000;

interface TurnFigures {
  firstText: Samples;
  whole: Samples;
  failed: number;
}

/**
 * Measures questions and streamed answers with a model and an embedder that cost nothing, to show only our own
 * overhead.
 */
export async function turns(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      concurrency: { type: 'string', default: '1,8,32' },
      seconds: { type: 'string', default: '10' },
      prof: { type: 'boolean', default: false },
    },
  });
  const doubles = await startDoubles();
  const profile = profileFolder(values.prof, 'turns');
  const server = await startServer({ env: { ...doubles.embedder, ...doubles.model }, profile });
  const texts = new TextGenerator(21);
  const workspace = await server.createWorkspace('turns');
  const items = Array.from({ length: DOCUMENTS }, (_, i) => ({ externalId: `note-${i}`, text: texts.text(WORDS) }));
  await server.http.mutate('documents.importTexts', { workspace, items });
  await server.settled(workspace);
  await keepBusy(4, WARM_UP_SECONDS, () => turn(server, workspace, texts.query(), newFigures()));

  const direct = await callDirectly(doubles.model.LOREBOX_OLLAMA_URL ?? '', texts);
  const before = readMemory(server.lorebox.pid).server;
  const rows: string[][] = [];
  const firstTexts: number[] = [];
  for (const concurrency of values.concurrency.split(',').map(Number)) {
    const figures = newFigures();
    await server.loopDelay();
    const cpu = readCpuTime(server.lorebox.pid);
    const seconds = await keepBusy(concurrency, Number(values.seconds), () =>
      turn(server, workspace, texts.query(), figures),
    );
    const cpuEach = (readCpuTime(server.lorebox.pid) - cpu) / figures.whole.count;
    firstTexts.push(figures.firstText.at(50));
    const { p50, p99, max } = await server.loopDelay();
    const { firstText, whole, failed } = figures;
    const times = [percentiles(firstText, 50, 95), percentiles(whole, 50, 95), [p50, p99, max].map(figure).join(' / ')];
    rows.push([
      String(concurrency),
      String(whole.count),
      String(failed),
      figure(whole.count / seconds),
      figure(cpuEach),
      ...times,
    ]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  const after = readMemory(server.lorebox.pid).server;
  if (!profile) await sleep(REST_MS);
  const rested = readMemory(server.lorebox.pid).server;
  await server.stop();
  doubles.close();
  printHeading('Turns over a zero-delay model');
  const header = [
    'concurrency',
    'turns',
    'failed',
    'turns/s',
    'server CPU ms a turn',
    'first text p50/p95',
    'whole turn p50/p95',
  ];
  printTable([...header, 'event-loop delay p50/p99/max'], rows);
  const [ours = 0] = firstTexts;
  printNote(
    `First text, median at the first concurrency: ${figure(ours)} ms, of which the model server takes ${figure(direct)} when called directly: ${figure(ours - direct)} ms of overhead.`,
  );
  printNote(`Resident MB of the server: ${[before, after, rested].map(figure).join(' before, ')} after 30 s of rest.`);
  printNote('The load, the doubles and the server share the cores of the machine.');
  finishProfile(profile);
  await server.dispose();
}

/** Median milliseconds to the first text of the model server alone, one call after the other. */
async function callDirectly(url: string, texts: TextGenerator): Promise<number> {
  const http = new HttpClient(url, 'none');
  const samples = new Samples();
  for (let i = 0; i < DIRECT_CALLS; i += 1) {
    const content = texts.text(WORDS * 10).slice(0, PROMPT_LENGTH);
    const body = JSON.stringify({ model: 'llama3.2', messages: [{ role: 'user', content }], stream: true });
    const started = performance.now();
    let isFirst = true;
    await http.stream({ method: 'POST', path: '/api/chat', body, contentType: 'application/json' }, () => {
      if (isFirst) samples.add(performance.now() - started);
      isFirst = false;
    });
  }
  return samples.at(50);
}

async function turn({ http }: BenchServer, workspace: string, question: string, figures: TurnFigures): Promise<void> {
  const started = performance.now();
  const { answerId } = await http.mutate<AskStarted>('chat.ask', { workspace, question });
  let tail = '';
  let hasText = false;
  let hasEnd = false;
  await http.stream({ method: 'GET', path: queryPath('chat.watch', { answerId }) }, (piece) => {
    // An event can be split anywhere, so the match can begin in the previous piece.
    const seen = tail + piece;
    tail = piece.slice(-20);
    if (!hasText && seen.includes('"text-delta"')) {
      hasText = true;
      figures.firstText.add(performance.now() - started);
    }
    if (!hasEnd && seen.includes('"answer-end"')) {
      hasEnd = true;
      figures.whole.add(performance.now() - started);
    }
  });
  if (!hasEnd) figures.failed += 1;
}

function newFigures(): TurnFigures {
  return { firstText: new Samples(), whole: new Samples(), failed: 0 };
}
