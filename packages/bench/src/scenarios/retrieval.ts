import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchMode } from '@lorebox/contract/search';
import { Lorebox } from '@lorebox/sdk';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { isCrossLanguage, type JudgedSet, listSets, missingFiles, readSet } from '../load/judged-set.ts';
import { averageQuality, type Quality, rateRanking } from '../load/ranking-quality.ts';
import { Samples } from '../load/samples.ts';
import { figure, percentiles, printHeading, printTable, progress } from '../report.ts';

const DEFAULT_DATA = join(import.meta.dirname, '../../../../../shared/data/bench');
const IMPORT_BATCH = 500;
const MODES: readonly SearchMode[] = ['keyword', 'vector', 'hybrid'];
const STAGES = ['total', 'embed', 'keyword', 'vector', 'fuse'] as const;
const EXIT_MISSING_DATA = 3;

interface ModeResult {
  quality: Quality;
  /** nDCG of the questions that constants may be chosen on (every second one), and of the others. */
  halves: [number, number];
  timings: Record<(typeof STAGES)[number], Samples>;
}

/** Measures quality and speed of retrieval through the product: import, then search in every mode. */
export async function retrieval(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sets: { type: 'string' },
      data: { type: 'string', default: process.env.LOREBOX_BENCH_DATA ?? DEFAULT_DATA },
      'limit-docs': { type: 'string', default: 'Infinity' },
      'keep-data': { type: 'string' },
    },
  });
  const folder = values.data;
  const names = values.sets?.split(',') ?? listSets(folder);
  const missing = names.flatMap((name) => missingFiles(folder, name));
  if (names.length === 0 || missing.length > 0) {
    const lines = missing.length > 0 ? missing : [`${folder}: no folder with corpus.jsonl, queries.jsonl, qrels.tsv`];
    process.stderr.write(
      `Judged sets are missing (--data or LOREBOX_BENCH_DATA names the folder):\n${lines.join('\n')}\n`,
    );
    process.exit(EXIT_MISSING_DATA);
  }
  const server = await startServer({ dataDir: values['keep-data'] });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const imports: string[][] = [];
  const rows: string[][] = [];
  try {
    for (const name of names) {
      const set = readSet(folder, name, Number(values['limit-docs']));
      const workspace = await findOrCreate(
        lorebox,
        `bench ${name}`,
        isCrossLanguage(name) ? 'shipped:multilingual' : null,
      );
      imports.push(await importSet(server, lorebox, workspace, set));
      const results = new Map<SearchMode, ModeResult>();
      for (const mode of MODES) results.set(mode, await runQueries(lorebox, workspace, set, mode));
      rows.push(...toRows(set, results));
      progress(
        rows
          .slice(-MODES.length)
          .map((row) => row.slice(0, 9).join('  '))
          .join('\n'),
      );
    }
  } finally {
    if (values['keep-data']) await server.stop();
    else await server.dispose();
  }
  printHeading('Retrieval');
  const stages = STAGES.map((stage) => `${stage} p50/p95`);
  const quality = ['nDCG@10', 'tuning half', 'held-out half', 'Recall@10', 'MRR@10', 'hybrid − better half'];
  printTable(['set', 'docs', 'queries', 'mode', ...quality, ...stages], rows);
  printTable(['set', 'docs', 'ready', 'failed', 'chunks', 'seconds', 'docs/s', 'chunks/s'], imports);
}

async function findOrCreate(lorebox: Lorebox, name: string, embedder: string | null): Promise<string> {
  for await (const workspace of lorebox.workspaces.list()) {
    if (workspace.name === name) return workspace.id;
  }
  return (await lorebox.api.workspaces.create.mutate({ name, embedder })).id;
}

async function importSet(server: BenchServer, lorebox: Lorebox, workspace: string, set: JudgedSet): Promise<string[]> {
  const started = performance.now();
  let unchanged = 0;
  for (let from = 0; from < set.documents.length; from += IMPORT_BATCH) {
    const items = set.documents.slice(from, from + IMPORT_BATCH).map(({ id, title, text }) => {
      return { externalId: id, text, ...(title ? { title } : {}) };
    });
    const { documents } = await lorebox.api.documents.importTexts.mutate({ workspace, items });
    unchanged += documents.filter((document) => document.unchanged).length;
  }
  const summary = await server.settled(workspace);
  const seconds = (performance.now() - started) / 1000;
  let chunks = 0;
  for await (const document of lorebox.documents.list(workspace, { limit: 200 })) chunks += document.chunks;
  const { ready, failed } = summary;
  const isWhole = unchanged === 0;
  progress(`${set.name}: ${ready} ready, ${failed} failed, ${chunks} chunks in ${figure(seconds)} s`);
  const rates = isWhole ? [figure(seconds), figure(ready / seconds), figure(chunks / seconds)] : ['kept', '-', '-'];
  return [set.name, String(set.documents.length), String(ready), String(failed), String(chunks), ...rates];
}

async function runQueries(lorebox: Lorebox, workspace: string, set: JudgedSet, mode: SearchMode): Promise<ModeResult> {
  const timings = Object.fromEntries(STAGES.map((stage) => [stage, new Samples()])) as ModeResult['timings'];
  const qualities: Quality[] = [];
  for (const { id, text } of set.queries) {
    const result = await lorebox.api.search.query({ workspace, query: text, k: 10, mode });
    const ranked = [...new Set(result.hits.map((hit) => hit.externalId ?? hit.documentId))];
    qualities.push(rateRanking(ranked, set.grades.get(id) ?? new Map()));
    for (const stage of STAGES) timings[stage].add(result.timings[stage]);
  }
  const half = (rest: number) => averageQuality(qualities.filter((_, i) => i % 2 === rest)).ndcg;
  return { quality: averageQuality(qualities), halves: [half(0), half(1)], timings };
}

function toRows(set: JudgedSet, results: ReadonlyMap<SearchMode, ModeResult>): string[][] {
  const ndcgOf = (mode: SearchMode) => results.get(mode)?.quality.ndcg ?? 0;
  const gain = ndcgOf('hybrid') - Math.max(ndcgOf('keyword'), ndcgOf('vector'));
  return [...results].map(([mode, { quality, halves, timings }]) => [
    set.name,
    String(set.documents.length),
    String(set.queries.length),
    mode,
    ...[quality.ndcg, ...halves, quality.recall, quality.reciprocalRank].map((value) => value.toFixed(4)),
    mode === 'hybrid' ? `${gain >= 0 ? '+' : ''}${gain.toFixed(4)}` : '-',
    ...STAGES.map((stage) => percentiles(timings[stage], 50, 95)),
  ]);
}
