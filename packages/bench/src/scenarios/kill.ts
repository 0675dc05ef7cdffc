import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DocumentSummary } from '@lorebox/contract/document';
import type { WorkspaceEmbedding } from '@lorebox/contract/embedding';
import type { SearchResult } from '@lorebox/contract/search';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { checkDatabase } from '../load/check-database.ts';
import { forEachOf } from '../load/concurrently.ts';
import { startDoubles } from '../load/doubles.ts';
import { type KillFile, makeKillFiles } from '../load/kill-files.ts';
import { createVectors, fillLibrary } from '../load/library.ts';
import { uploadFiles } from '../load/multipart.ts';
import { Samples } from '../load/samples.ts';
import { createRandom } from '../load/words.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const WORKSPACE = 'killed';
/** Large enough for a vector file. */
const INDEXED = 'indexed';
const INDEXED_CHUNKS = 40_000;
const EMBEDDERS = ['openai:zero', 'openai:other'];
const SWITCH_EVERY = 4;
const UPLOADS_AT_ONCE = 4;
const KILL_WITHIN_MS = 1500;
/** Some kills wait for work that starts late or ends soon. */
const DRAIN_TIMEOUT_MS = 8000;
const SETTLE_MS = 10 * 60_000;

/**
 * Sends kill -9 at random moments while documents of all kinds are ingested, scans are recognized, vectors of a large
 * workspace are read and written to their file, and the embedder changes. At the end, each document must exist
 * completely and exactly once.
 */
export async function kill(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '30' },
      documents: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [rounds, documents, seed] = [values.rounds, values.documents, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  const random = createRandom(seed);
  const doubles = await startDoubles();
  const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-bench-kill-'));
  const files = makeKillFiles(documents, seed);
  const pending = new Set(files);
  const lifetimes = new Samples();
  const seen = { parsing: 0, recognising: 0, embedding: 0, switching: 0, indexing: 0 };
  await fillLibrary(dataDir, INDEXED, EMBEDDERS[0] ?? '', createVectors(INDEXED_CHUNKS, seed));
  const envOf = (round: number) => ({
    ...doubles.embedder,
    LOREBOX_EMBEDDER: EMBEDDERS[Math.floor(round / SWITCH_EVERY) % EMBEDDERS.length] ?? '',
  });
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) rmSync(join(dataDir, 'index'), { recursive: true, force: true });
    const server = await startServer({ dataDir, env: envOf(round) });
    const started = performance.now();
    if (round === 0) await server.createWorkspace(WORKSPACE);
    // Each round sends a share, so that no kill hits an idle server.
    const share = [...pending].slice(0, Math.ceil(pending.size / (rounds - round)));
    const sending = send(server, share, pending);
    const searching = search(server, INDEXED, 'anything at all', 'vector').catch(() => null);
    if (round % 5 === 1) await until(() => isIndexBeingWritten(dataDir));
    else if (round % 5 === 3) await until(() => isRecognising(server));
    else await sleep(random() * KILL_WITHIN_MS);
    if (isIndexBeingWritten(dataDir)) seen.indexing += 1;
    else await note(server, seen);
    await server.lorebox.kill();
    lifetimes.add(performance.now() - started);
    await Promise.all([sending, searching]);
    await server.stop();
  }
  const server = await startServer({ dataDir, env: envOf(rounds) });
  await send(server, [...pending], pending);
  const problems: string[] = [];
  const summary = await server.settled(WORKSPACE, SETTLE_MS).catch((error: Error) => {
    problems.push(error.message);
    return null;
  });
  await settleEmbedder(server);
  if (summary) problems.push(...(await checkSearch(server, files)));
  await server.stop();
  problems.push(...checkDatabase(dataDir, documents + INDEXED_CHUNKS));
  doubles.close();
  rmSync(dataDir, { recursive: true, force: true });

  printHeading(
    `${rounds} kills during an ingest of ${documents} documents, with changes of the embedder and of the index`,
  );
  printTable(
    [
      'kills',
      'alive before the kill min/p50/max',
      'parsing',
      'recognising',
      'embedding',
      'embedder switch',
      'index write',
    ],
    [[String(rounds), percentiles(lifetimes, 0, 50, 100), ...Object.values(seen).map(String)]],
  );
  printTable(
    ['ready', 'failed', 'problems'],
    [[figure(summary?.ready ?? Number.NaN), figure(summary?.failed ?? Number.NaN), String(problems.length)]],
  );
  for (const problem of problems) printNote(`- ${problem}`);
  if (problems.length === 0) printNote('Every document searchable once; rows, full text, vectors and files agree.');
  progress(`kill: ${problems.length} problems`);
}

/** Records what the server was doing when the kill came: the number of kills per kind of work. */
async function note({ http }: BenchServer, seen: Record<string, number>): Promise<void> {
  const ask = <T>(procedure: string, input: object) =>
    Promise.race([http.query<T>(procedure, input).catch(() => null), sleep(60, null)]);
  const documents = await ask<{ items: { stage: string; message: string | null }[] }>('documents.list', {
    workspace: WORKSPACE,
    status: 'processing',
    limit: 200,
  });
  const count = (name: string, isSeen: boolean | undefined) => {
    if (isSeen) seen[name] = (seen[name] ?? 0) + 1;
  };
  count(
    'parsing',
    documents?.items.some(({ stage, message }) => stage === 'stored' && !message),
  );
  count(
    'recognising',
    documents?.items.some(({ message }) => message?.startsWith('Reading page')),
  );
  count(
    'embedding',
    documents?.items.some(({ stage }) => stage === 'parsed' || stage === 'chunked'),
  );
  const embedding = await ask<WorkspaceEmbedding>('workspaces.embedding', { workspace: INDEXED });
  count('switching', embedding?.next !== null && embedding !== null);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + DRAIN_TIMEOUT_MS;
  while (performance.now() < end && !(await isSo())) await sleep(2);
}

async function isRecognising({ http }: BenchServer): Promise<boolean> {
  const input = { workspace: WORKSPACE, status: 'processing', limit: 200 };
  const found = await http.query<{ items: { message: string | null }[] }>('documents.list', input).catch(() => null);
  return found?.items.some(({ message }) => message?.startsWith('Reading page')) ?? false;
}

function isIndexBeingWritten(dataDir: string): boolean {
  const folder = join(dataDir, 'index');
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.new'));
}

/** A client that is unaware of kills: unacknowledged documents are sent again in the next round. */
async function send(server: BenchServer, files: readonly KillFile[], pending: Set<KillFile>): Promise<void> {
  await forEachOf(files, UPLOADS_AT_ONCE, async (file) => {
    const accepted = await uploadFiles(server.http, WORKSPACE, [file]).catch(() => null);
    if (accepted) pending.delete(file);
  });
}

/** Waits until every workspace has its target embedder and the old vectors are gone. */
async function settleEmbedder({ http }: BenchServer): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  while (performance.now() < until) {
    const { items } = await http.query<{ items: object[] }>('jobs.list', {});
    if (items.length === 0) return;
    await sleep(100);
  }
}

async function search({ http }: BenchServer, workspace: string, query: string, mode: 'keyword' | 'vector') {
  return http.query<SearchResult>('search', { workspace, query, mode, k: 50 });
}

async function checkSearch(server: BenchServer, files: readonly KillFile[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { externalId, marker } of files) {
    const { hits } = await search(server, WORKSPACE, `"${marker}"`, 'keyword');
    const found = new Set(hits.filter(({ text }) => text.includes(marker)).map((hit) => hit.externalId));
    if (found.size !== 1 || !found.has(externalId)) problems.push(`${externalId} was found as [${[...found]}]`);
  }
  const { ready } = await server.http.query<DocumentSummary>('documents.summary', { workspace: INDEXED });
  if (ready !== INDEXED_CHUNKS) problems.push(`${INDEXED} has ${ready} documents`);
  const { hits } = await search(server, INDEXED, 'anything at all', 'vector');
  if (hits.length !== 50) problems.push(`${INDEXED} gives ${hits.length} hits`);
  return problems;
}
