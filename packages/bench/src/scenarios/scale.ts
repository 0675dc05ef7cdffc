import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SearchMode, SearchResult } from '@lorebox/contract/search';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { startKnownEmbeddings } from '../load/known-embeddings.ts';
import { startLance } from '../load/lance.ts';
import { createVectors, DIMENSION, fillLibrary, nearestExactly, rowOf } from '../load/library.ts';
import { readMemory } from '../load/memory.ts';
import { startProbe, WAIT_HEADER, waitCells } from '../load/probe.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const MODEL = 'openai:known';
const WORKSPACE = 'library';
const WARM_UP = 15;
const JUDGED = 20;
/** Maximum number of vectors for the comparison with LanceDB. More would take long and show nothing new. */
const MAX_LANCE_ROWS = 200_000;
const NEEDLES = 20;
const MB = 1024 * 1024;

/**
 * Measures one workspace with up to a million documents: searches of each kind, their recall compared to an exact
 * search, and lists.
 */
export async function scale(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { chunks: { type: 'string', default: '100000' }, queries: { type: 'string', default: '200' } },
  });
  for (const chunks of values.chunks.split(',').map(Number)) await measure(chunks, Number(values.queries));
}

async function measure(chunks: number, queries: number): Promise<void> {
  const vectors = createVectors(chunks, 1);
  const asked = createVectors(queries, 2);
  const texts = new TextGenerator(61);
  const questions = Array.from({ length: queries }, (_, i) => `${texts.query()} number ${i}`);
  const known = new Map(questions.map((text, i) => [text, rowOf(asked, i)]));
  const double = await startKnownEmbeddings(known);
  const env = { LOREBOX_EMBEDDER: MODEL, LOREBOX_OPENAI_URL: double.url, LOREBOX_VECTOR_CACHE_MB: '1024' };
  const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-bench-scale-'));
  const { seconds } = await fillLibrary(dataDir, WORKSPACE, MODEL, vectors);
  const size = statSync(join(dataDir, 'lorebox.db')).size / MB;
  printHeading(`${chunks} documents of one chunk, ${DIMENSION} dimensions, in one workspace`);
  printNote(`Filled in ${figure(seconds)} s; the database has ${figure(size)} MB.`);
  progress(`filled ${chunks} in ${figure(seconds)} s`);
  try {
    const truth = questions.slice(0, JUDGED).map((_, i) => nearestExactly(vectors, rowOf(asked, i), NEEDLES));
    await firstSearches(dataDir, env, questions);
    const server = await startServer({ dataDir, env });
    await warmSearches(server, questions, truth);
    await lists(server);
    printNote(`${figure(readMemory(server.lorebox.pid).server)} MB resident at the end.`);
    await server.stop();
    if (chunks <= MAX_LANCE_ROWS) await besideLance(vectors, asked, queries, truth);
  } finally {
    double.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function firstSearches(
  dataDir: string,
  env: Record<string, string>,
  questions: readonly string[],
): Promise<void> {
  const rows: string[][] = [];
  for (const what of ['never searched before', 'after a restart', 'after a restart, 5 s later']) {
    const server = await startServer({ dataDir, env });
    if (what.endsWith('later')) await sleep(5000);
    const [first, second] = [
      await find(server, questions[0] ?? '', 'vector'),
      await find(server, questions[1] ?? '', 'vector'),
    ];
    rows.push([what, figure(first.ms), figure(second.ms)]);
    // The vector file is written after the first response.
    await sleep(3000);
    await server.stop();
  }
  printTable(['first vector search', 'ms', 'the one after it'], rows);
}

async function warmSearches(
  server: BenchServer,
  questions: readonly string[],
  truth: readonly number[][],
): Promise<void> {
  const rows: string[][] = [];
  for (const question of questions.slice(0, WARM_UP)) await find(server, question, 'hybrid');
  for (const mode of ['vector', 'keyword', 'hybrid'] as const) {
    const [waited, half] = [new Samples(), new Samples()];
    const finish = await startProbe(server, WORKSPACE);
    let found = 0;
    for (const [i, question] of questions.entries()) {
      const { ms, result } = await find(server, question, mode);
      waited.add(ms);
      half.add(mode === 'hybrid' ? result.timings.total : result.timings[mode]);
      const rowsFound = new Set(result.hits.map((hit) => Number(hit.externalId)));
      found += (truth[i] ?? []).filter((row) => rowsFound.has(row)).length;
    }
    const recall = mode === 'vector' ? (found / (truth.length * NEEDLES)).toFixed(3) : '-';
    const waits = waitCells(await finish());
    rows.push([mode, percentiles(waited, 50, 95, 99), percentiles(half, 50, 95, 99), recall, ...waits]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  const filtered = new Samples();
  for (const question of questions.slice(0, 50)) {
    filtered.add((await find(server, question, 'vector', { shelf: 7 })).ms);
  }
  rows.push(['vector, one shelf of 100', percentiles(filtered, 50, 95, 99), '-', '-', ...WAIT_HEADER.map(() => '-')]);
  printTable(['search', 'over HTTP p50/p95/p99', 'the half itself', `recall@${NEEDLES}`, ...WAIT_HEADER], rows);
}

async function lists(server: BenchServer): Promise<void> {
  const waited = new Samples();
  let cursor: string | undefined;
  for (let page = 0; page < 100; page += 1) {
    const started = performance.now();
    const found = await server.http.query<{ nextCursor: string | null }>('documents.list', {
      workspace: WORKSPACE,
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    waited.add(performance.now() - started);
    cursor = found.nextCursor ?? undefined;
  }
  printTable(['pages of 100 documents', 'ms p50/p95/max'], [['100', percentiles(waited, 50, 95, 100)]]);
}

/** Searches the same vectors and queries in LanceDB without an index, in the same minute. */
async function besideLance(vectors: Float32Array, asked: Float32Array, queries: number, truth: readonly number[][]) {
  const lance = await startLance(vectors);
  const waited = new Samples();
  let found = 0;
  for (let i = 0; i < WARM_UP; i += 1) await lance.nearest(rowOf(asked, i), NEEDLES);
  for (let i = 0; i < queries; i += 1) {
    const started = performance.now();
    const rows = new Set(await lance.nearest(rowOf(asked, i), NEEDLES));
    waited.add(performance.now() - started);
    found += (truth[i] ?? []).filter((row) => rows.has(row)).length;
  }
  await lance.close();
  const recall = (found / (truth.length * NEEDLES)).toFixed(3);
  printTable(
    [`LanceDB, flat, in process`, 'ms p50/p95/p99', `recall@${NEEDLES}`],
    [['', percentiles(waited, 50, 95, 99), recall]],
  );
}

async function find(server: BenchServer, query: string, mode: SearchMode, metadata?: Record<string, number>) {
  const started = performance.now();
  const input = { workspace: WORKSPACE, query, k: NEEDLES, mode, ...(metadata ? { metadata } : {}) };
  const result = await server.http.query<SearchResult>('search', input);
  return { ms: performance.now() - started, result };
}
