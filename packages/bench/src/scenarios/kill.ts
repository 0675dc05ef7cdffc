import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DocumentSummary } from '@lorebox/contract/document';
import type { SearchResult } from '@lorebox/contract/search';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { checkDatabase } from '../load/check-database.ts';
import { forEachOf } from '../load/concurrently.ts';
import { startDoubles } from '../load/doubles.ts';
import { type UploadFile, uploadFiles } from '../load/multipart.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { createRandom } from '../load/words.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const WORKSPACE = 'killed';
const UPLOADS_AT_ONCE = 4;
const KILL_WITHIN_MS = 900;
/** Some documents of many batches, so that kills fall between the batches of one document too. */
const LARGE_EVERY = 10;

/** kill -9 at random moments while documents come in; in the end each must be there, whole and once. */
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
  const files = makeFiles(documents, seed);
  const pending = new Set(files);
  const [processing, lifetimes] = [new Samples(), new Samples()];
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer({ dataDir, env: doubles.embedder });
    const started = performance.now();
    if (round === 0) await server.createWorkspace(WORKSPACE);
    // Each round sends its share, so that no kill falls into an idle server.
    const share = [...pending].slice(0, Math.ceil(pending.size / (rounds - round)));
    const sending = send(server, share, pending);
    await sleep(random() * KILL_WITHIN_MS);
    const summary = server.http.query<DocumentSummary>('documents.summary', { workspace: WORKSPACE });
    const seen = await Promise.race([summary.catch(() => null), sleep(50, null)]);
    if (seen) processing.add(seen.processing);
    await server.lorebox.kill();
    lifetimes.add(performance.now() - started);
    await sending;
    await server.stop();
  }
  const server = await startServer({ dataDir, env: doubles.embedder });
  await send(server, [...pending], pending);
  const problems: string[] = [];
  const summary = await server.settled(WORKSPACE).catch((error: Error) => {
    problems.push(error.message);
    return null;
  });
  if (summary) problems.push(...(await checkSearch(server, files)));
  await server.stop();
  problems.push(...checkDatabase(dataDir, documents));
  doubles.close();
  rmSync(dataDir, { recursive: true, force: true });

  printHeading(`${rounds} kills during an ingest of ${documents} documents`);
  const alive = percentiles(lifetimes, 0, 50, 100);
  const counts = [figure(processing.at(50)), figure(processing.max)];
  printTable(
    ['kills', 'alive before the kill min/p50/max', 'processing at the kill p50', 'max', 'ready', 'failed', 'problems'],
    [[String(rounds), alive, ...counts, String(summary?.ready), String(summary?.failed), String(problems.length)]],
  );
  for (const problem of problems) printNote(`- ${problem}`);
  if (problems.length === 0) printNote('Every document searchable once; rows, full text, vectors and files agree.');
  progress(`kill: ${problems.length} problems`);
}

function makeFiles(documents: number, seed: number): UploadFile[] {
  const texts = new TextGenerator(seed);
  return Array.from({ length: documents }, (_, i) => {
    const words = i % LARGE_EVERY === 0 ? 30_000 : 800;
    return { name: `report-${i}.txt`, externalId: `report-${i}`, text: `${markerOf(i)}. ${texts.text(words)}` };
  });
}

const markerOf = (i: number) => `zqmarker${i}x`;

/** A sender that knows nothing of kills: what was not acknowledged is sent again in the next round. */
async function send(server: BenchServer, files: readonly UploadFile[], pending: Set<UploadFile>): Promise<void> {
  await forEachOf(files, UPLOADS_AT_ONCE, async (file) => {
    const accepted = await uploadFiles(server.http, WORKSPACE, [file]).catch(() => null);
    if (accepted) pending.delete(file);
  });
}

async function checkSearch({ http }: BenchServer, files: readonly UploadFile[]): Promise<string[]> {
  const problems: string[] = [];
  for (const [i, { externalId }] of files.entries()) {
    const input = { workspace: WORKSPACE, query: markerOf(i), mode: 'keyword', k: 50 };
    const { hits } = await http.query<SearchResult>('search', input);
    const found = hits.map((hit) => hit.externalId);
    if (found.length !== 1 || found[0] !== externalId) problems.push(`${externalId} was found as [${found}]`);
  }
  return problems;
}
