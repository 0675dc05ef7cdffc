import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentSummary } from '@lorebox/contract/document';
import type { Workspace } from '@lorebox/contract/workspace';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { HttpClient } from './http-client.ts';

const POLL_MS = 40;
const STALL_MS = 60_000;

export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

export interface BenchServer {
  lorebox: LoreboxProcess;
  http: HttpClient;
  createWorkspace(name: string): Promise<string>;
  /** Waits until nothing is processing. Throws if there is no progress for a minute (or `stallMs`). */
  settled(workspace: string, stallMs?: number): Promise<DocumentSummary>;
  /** Event loop delay of the server since the last call. */
  loopDelay(): Promise<LoopDelay>;
  stop(): Promise<void>;
  /** Stops the server and removes its data folder. */
  dispose(): Promise<void>;
}

export interface StartOptions {
  dataDir?: string | undefined;
  env?: Record<string, string>;
  /** Folder for .cpuprofile files, one per thread. */
  profile?: string | undefined;
}

/** Raised limits, because one key represents many callers here. */
const OPEN_CEILINGS = {
  LOREBOX_MAX_CALLS: '100000',
  LOREBOX_MAX_STREAMS: '100000',
  LOREBOX_MAX_ANSWERS: '100000',
  LOREBOX_MAX_WORKSPACE_ANSWERS: '100000',
  LOREBOX_MAX_UPLOADS: '100000',
};

export async function startServer({ dataDir, env = {}, profile }: StartOptions = {}): Promise<BenchServer> {
  const scratch = mkdtempSync(join(tmpdir(), 'lorebox-bench-'));
  const loopFile = join(scratch, 'loop.json');
  const lorebox = await startLorebox({
    dataDir: dataDir ?? join(scratch, 'data'),
    env: { NODE_OPTIONS: process.env.NODE_OPTIONS ?? '', ...OPEN_CEILINGS, ...env, LOREBOX_BENCH_LOOP_FILE: loopFile },
    nodeArgs: [
      `--import=${import.meta.resolve('./loop-delay-preload.ts')}`,
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
    ],
  });
  const http = new HttpClient(lorebox.url, lorebox.apiKey);
  return {
    lorebox,
    http,
    async createWorkspace(name) {
      return (await http.mutate<Workspace>('workspaces.create', { name })).id;
    },
    async settled(workspace, stallMs = STALL_MS) {
      let lastChange = performance.now();
      for (let last = -1; ; ) {
        const summary = await http.query<DocumentSummary>('documents.summary', { workspace });
        if (summary.processing === 0) return summary;
        if (summary.processing !== last) lastChange = performance.now();
        last = summary.processing;
        if (performance.now() - lastChange > stallMs) throw new Error(`The ingest stalled: ${JSON.stringify(summary)}`);
        await sleep(POLL_MS);
      }
    },
    async loopDelay() {
      rmSync(loopFile, { force: true });
      process.kill(lorebox.pid, 'SIGUSR2');
      for (;;) {
        await sleep(POLL_MS);
        const text = read(loopFile);
        if (text) return JSON.parse(text) as LoopDelay;
      }
    },
    async stop() {
      http.close();
      await lorebox.stop();
    },
    async dispose() {
      http.close();
      await lorebox.dispose();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
