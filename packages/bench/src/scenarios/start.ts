import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { type Memory, readMemory } from '../load/memory.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, percentiles, printHeading, printTable } from '../report.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const IDLE_MS = 3000;
const DOCUMENTS = 100;
const SEARCHES = 200;

/** Measures the startup time, the memory at rest and after work, and the size of the packages. */
export async function start(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '5' }, rest: { type: 'string', default: '60' } },
  });
  const rounds = Number(values.rounds);
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-bench-start-'));
  const cache = join(folder, 'compile-cache');
  const kept = join(folder, 'data');
  const rows: string[][] = [];
  const measure = async (name: string, dataDir: string | null, env: Record<string, string>) => {
    const times = new Samples();
    for (let round = 0; round < rounds; round += 1) {
      times.add(await timeStart(dataDir ?? join(folder, `fresh-${rows.length}-${round}`), env));
    }
    rows.push([name, String(rounds), percentiles(times, 50), figure(times.at(1)), figure(times.max)]);
  };
  await measure('fresh data folder', null, {});
  await timeStart(kept, { NODE_COMPILE_CACHE: cache });
  await measure('fresh data folder, compile cache', null, { NODE_COMPILE_CACHE: cache });
  await measure('data folder in use, compile cache', kept, { NODE_COMPILE_CACHE: cache });
  await measure('data folder in use', kept, {});
  rmSync(folder, { recursive: true, force: true });

  printHeading('Start to ready');
  printTable(['start', 'rounds', 'p50', 'min', 'max'], rows);
  printHeading('Memory with the shipped embedder, resident MB');
  printTable(['when', 'server', 'parsers'], await watchMemory(Number(values.rest) * 1000));
  printHeading('Installed packages');
  printTable(['folder', 'MB'], measureFolders());
}

async function timeStart(dataDir: string, env: Record<string, string>): Promise<number> {
  const started = performance.now();
  const lorebox = await startLorebox({ dataDir, env });
  const ms = performance.now() - started;
  await lorebox.stop();
  return ms;
}

async function watchMemory(restMs: number): Promise<string[][]> {
  const server = await startServer();
  const rows: string[][] = [];
  const note = (when: string, { server: own, children }: Memory = readMemory(server.lorebox.pid)) =>
    rows.push([when, figure(own), figure(children)]);
  await sleep(IDLE_MS);
  note('idle, before the embedder is used');
  const texts = new TextGenerator(71);
  const workspace = await server.createWorkspace('memory');
  await server.http.query('search', { workspace, query: texts.query() });
  note('after one search');
  await work(server, workspace, texts);
  note(`after ${DOCUMENTS} documents and ${SEARCHES} searches`);
  await sleep(restMs);
  note(`${restMs / 1000} s later`);
  await work(server, workspace, texts);
  note('after as much again');
  await sleep(restMs);
  note(`${restMs / 1000} s later`);
  await server.dispose();
  return rows;
}

async function work(server: BenchServer, workspace: string, texts: TextGenerator): Promise<void> {
  const items = Array.from({ length: DOCUMENTS }, () => ({ text: texts.text(200) }));
  await server.http.mutate('documents.importTexts', { workspace, items });
  await server.settled(workspace);
  for (let n = 0; n < SEARCHES; n += 1) await server.http.query('search', { workspace, query: texts.query() });
}

function measureFolders(): string[][] {
  const folders = ['node_modules', 'packages', 'apps', '.tools'].filter((name) => existsSync(join(ROOT, name)));
  return folders.map((name) => {
    const kilobytes = execFileSync('du', ['-sk', join(ROOT, name)], { encoding: 'utf8' }).split('\t')[0];
    return [name, figure(Number(kilobytes) / 1024)];
  });
}
