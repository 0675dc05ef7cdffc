import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchMode, SearchResult } from '@lorebox/contract/search';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { forEachOf } from '../load/concurrently.ts';
import { countChunks } from '../load/count-chunks.ts';
import { type Doubles, startDoubles } from '../load/doubles.ts';
import { readMemory } from '../load/memory.ts';
import { startProbe, WAIT_HEADER, waitCells } from '../load/probe.ts';
import { finishProfile, profileFolder } from '../load/profile.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const PER_IMPORT = 20;
/** About one chunk of such text. */
const WORDS_PER_CHUNK = 170;
const MODES: readonly SearchMode[] = ['hybrid', 'keyword', 'vector'];
const STAGES = ['embed', 'keyword', 'vector', 'fuse'] as const;
const WARM_UP = 30;

/**
 * Measures search in large workspaces: the first search after a start, then warm, sequential and four at once, and how
 * long other clients wait.
 */
export async function search(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      chunks: { type: 'string', default: '10000,100000' },
      'per-document': { type: 'string', default: '50' },
      queries: { type: 'string', default: '200' },
      prof: { type: 'boolean', default: false },
    },
  });
  const doubles = await startDoubles();
  const [filled, cold, warm]: string[][][] = [[], [], []];
  for (const chunks of values.chunks.split(',').map(Number)) {
    const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-bench-search-'));
    filled?.push(await fill(doubles, dataDir, chunks, Number(values['per-document'])));
    for (const mode of MODES) cold?.push(await runCold(doubles, dataDir, chunks, mode));
    const profile = profileFolder(values.prof, `search-${chunks}`);
    warm?.push(...(await runWarm(doubles, dataDir, chunks, Number(values.queries), profile)));
    finishProfile(profile);
    rmSync(dataDir, { recursive: true, force: true });
  }
  doubles.close();
  printHeading('Search in large workspaces');
  printTable(
    ['wanted', 'chunks', 'documents', 'seconds to fill', 'chunks/s', 'server MB', ...WAIT_HEADER],
    filled ?? [],
  );
  printTable(
    ['chunks', 'first after a start', 'ms', 'embed', 'keyword', 'vector', 'fuse', 'then', 'tenth'],
    cold ?? [],
  );
  const stages = STAGES.map((stage) => `${stage} p50/p95`);
  printTable(
    ['chunks', 'mode', 'at once', 'searches/s', 'over HTTP p50/p95', 'total p50/p95', ...stages, ...WAIT_HEADER],
    warm ?? [],
  );
  printNote('"over HTTP" is what the caller waits; "total" and the stages are what the server reports of itself.');
}

async function fill(doubles: Doubles, dataDir: string, chunks: number, perDocument: number): Promise<string[]> {
  const server = await startServer({ dataDir, env: doubles.embedder });
  const texts = new TextGenerator(41);
  const workspace = await server.createWorkspace('large');
  const finish = await startProbe(server, workspace);
  const started = performance.now();
  const documents = Math.ceil(chunks / perDocument);
  for (let from = 0; from < documents; from += PER_IMPORT) {
    const items = Array.from({ length: Math.min(PER_IMPORT, documents - from) }, (_, i) => {
      return { externalId: `text-${from + i}`, text: texts.text(WORDS_PER_CHUNK * perDocument) };
    });
    await server.http.mutate('documents.importTexts', { workspace, items });
  }
  await server.settled(workspace);
  const seconds = (performance.now() - started) / 1000;
  const waits = await finish();
  const memory = readMemory(server.lorebox.pid).server;
  const stored = await countChunks(server.http, workspace);
  await server.stop();
  const row = [chunks, stored, documents].map(String);
  row.push(figure(seconds), figure(stored / seconds), figure(memory), ...waitCells(waits));
  progress(row.join('  '));
  return row;
}

async function runCold(doubles: Doubles, dataDir: string, chunks: number, mode: SearchMode): Promise<string[]> {
  const server = await startServer({ dataDir, env: doubles.embedder });
  const texts = new TextGenerator(51);
  const waits: number[] = [];
  const stages: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    const { ms, timings } = await find(server, texts.query(), mode);
    waits.push(ms);
    if (n === 0) stages.push(...STAGES.map((stage) => figure(timings[stage])));
  }
  await server.stop();
  const [first, second, last] = [waits[0], waits[1], waits.at(-1)].map((ms) => figure(ms ?? Number.NaN));
  return [String(chunks), mode, first ?? '', ...stages, second ?? '', last ?? ''];
}

async function runWarm(
  doubles: Doubles,
  dataDir: string,
  chunks: number,
  queries: number,
  profile: string | undefined,
): Promise<string[][]> {
  const server = await startServer({ dataDir, env: doubles.embedder, profile });
  const texts = new TextGenerator(61);
  const rows: string[][] = [];
  for (let n = 0; n < WARM_UP; n += 1) await find(server, texts.query(), 'hybrid');
  for (const mode of MODES) {
    for (const concurrency of [1, 4]) {
      const wanted = Array.from({ length: queries }, () => texts.query());
      const [waited, total] = [new Samples(), new Samples()];
      const stages = STAGES.map((stage) => ({ stage, samples: new Samples() }));
      const finish = await startProbe(server, 'large');
      const started = performance.now();
      await forEachOf(wanted, concurrency, async (query) => {
        const { ms, timings } = await find(server, query, mode);
        waited.add(ms);
        total.add(timings.total);
        for (const { stage, samples } of stages) samples.add(timings[stage]);
      });
      const perSecond = (1000 * queries) / (performance.now() - started);
      const waits = await finish();
      const times = [waited, total, ...stages.map(({ samples }) => samples)].map((each) => percentiles(each, 50, 95));
      rows.push([String(chunks), mode, String(concurrency), figure(perSecond), ...times, ...waitCells(waits)]);
      progress(rows.at(-1)?.join('  ') ?? '');
    }
  }
  printNote(`${chunks} chunks: ${figure(readMemory(server.lorebox.pid).server)} MB resident after the searches.`);
  await server.stop();
  return rows;
}

async function find({ http }: BenchServer, query: string, mode: SearchMode) {
  const started = performance.now();
  const { timings } = await http.query<SearchResult>('search', { workspace: 'large', query, k: 10, mode });
  return { ms: performance.now() - started, timings };
}
