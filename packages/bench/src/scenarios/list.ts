import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lorebox } from '@lorebox/sdk';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { keepBusy } from '../load/concurrently.ts';
import { readCpuTime } from '../load/cpu-time.ts';
import { startDoubles } from '../load/doubles.ts';
import { forkChild } from '../load/fork-child.ts';
import { queryPath } from '../load/http-client.ts';
import { finishProfile, profileFolder } from '../load/profile.ts';
import { RawConnection } from '../load/raw-connection.ts';
import { Samples } from '../load/samples.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, percentiles, printHeading, printNote, printTable, progress } from '../report.ts';

const WORKSPACES = 25;
const DOCUMENTS = 60;
const LIMIT = 20;
const WARM_UP_SECONDS = 1.5;
const WRITE_EVERY_MS = 10;

/** Measures requests per second of the simplest calls, compared to bare Hono with the same JSON. */
export async function list(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      connections: { type: 'string', default: '32' },
      seconds: { type: 'string', default: '5' },
      prof: { type: 'boolean', default: false },
    },
  });
  const [connections, seconds] = [Number(values.connections), Number(values.seconds)];
  const doubles = await startDoubles();
  const profile = profileFolder(values.prof, 'list');
  const server = await startServer({ env: doubles.embedder, profile });
  const workspace = await fill(server);
  const paths = {
    'workspaces.list': queryPath('workspaces.list', { limit: LIMIT }),
    'documents.list': queryPath('documents.list', { workspace, limit: LIMIT }),
  };
  const restPaths: Record<string, string> = {
    'workspaces.list': `/v1/workspaces?limit=${LIMIT}`,
    'documents.list': `/v1/workspaces/${workspace}/documents?limit=${LIMIT}`,
  };
  const answers: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(paths)) {
    answers[`/${name}`] = JSON.parse(await server.http.send({ method: 'GET', path }));
  }
  const file = join(mkdtempSync(join(tmpdir(), 'lorebox-bench-')), 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const bare = await forkChild<{ url: string }>(import.meta.resolve('../load/bare-hono-process.ts'), {
    LOREBOX_BENCH_ANSWERS: file,
  });
  const headers = { authorization: `Bearer ${server.lorebox.apiKey}` };
  const rows: string[][] = [];
  for (const [name, path] of Object.entries(paths)) {
    const targets = [
      { who: 'tRPC', url: `${server.lorebox.url}${path}`, pid: server.lorebox.pid },
      { who: 'REST', url: `${server.lorebox.url}${restPaths[name]}`, pid: server.lorebox.pid },
      { who: 'REST, 100 writes/s meanwhile', url: `${server.lorebox.url}${restPaths[name]}`, pid: server.lorebox.pid },
      { who: 'bare Hono', url: `${bare.hello.url}/${name}`, pid: bare.pid },
    ];
    for (const { who, url, pid } of targets) {
      await hammer(url, headers, connections, WARM_UP_SECONDS);
      const stopWriting = who.includes('writes') ? keepWriting(server, workspace) : () => {};
      const cpu = readCpuTime(pid);
      const { perSecond, times, failed } = await hammer(url, headers, connections, seconds);
      const cpuEach = figure((readCpuTime(pid) - cpu) / times.count);
      stopWriting();
      const size = figure(JSON.stringify(answers[`/${name}`]).length / 1024);
      rows.push([name, who, size, figure(perSecond), cpuEach, percentiles(times, 50, 95, 99), String(failed)]);
      progress(rows.at(-1)?.join('  ') ?? '');
    }
  }
  rows.push(...(await listBySdk(server, workspace, connections, seconds)));
  await server.stop();
  bare.close();
  doubles.close();
  printHeading(`List calls over ${connections} connections`);
  printTable(['call', 'server', 'KB', 'requests/s', 'server CPU ms each', 'p50/p95/p99', 'not 200'], rows);
  printNote('The load and the server share the cores of the machine.');
  finishProfile(profile);
  await server.dispose();
}

/** Cached responses are valid until the next commit. This measures their benefit on a busy server. */
function keepWriting({ http }: BenchServer, workspace: string): () => void {
  const write = () => http.mutate('workspaces.update', { workspace, historyMessages: 20 });
  const timer = setInterval(write, WRITE_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * Measures what a TypeScript program receives: parsed pages with dates. Most of the time is the SDK's own work, on the
 * core of the load generator.
 */
async function listBySdk(
  server: BenchServer,
  workspace: string,
  callers: number,
  seconds: number,
): Promise<string[][]> {
  const { url, apiKey, pid } = server.lorebox;
  const lorebox = new Lorebox({ baseUrl: url, apiKey });
  const calls = {
    'workspaces.list': () => lorebox.workspaces.list({ limit: LIMIT }).toArray(LIMIT),
    'documents.list': () => lorebox.documents.list(workspace, { limit: LIMIT }).toArray(LIMIT),
  };
  const rows: string[][] = [];
  for (const [name, call] of Object.entries(calls)) {
    await keepBusy(callers, WARM_UP_SECONDS, async () => void (await call()));
    const times = new Samples();
    const cpu = readCpuTime(pid);
    const took = await keepBusy(callers, seconds, async () => {
      const from = performance.now();
      await call();
      times.add(performance.now() - from);
    });
    const cpuEach = figure((readCpuTime(pid) - cpu) / times.count);
    rows.push([name, 'SDK', '', figure(times.count / took), cpuEach, percentiles(times, 50, 95, 99), '0']);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  return rows;
}

async function fill(server: BenchServer): Promise<string> {
  const texts = new TextGenerator(31);
  for (let i = 1; i < WORKSPACES; i += 1) await server.createWorkspace(`Workspace ${i}`);
  const workspace = await server.createWorkspace('Documents');
  const items = Array.from({ length: DOCUMENTS }, (_, i) => ({ externalId: `note-${i}`, text: texts.text(60) }));
  await server.http.mutate('documents.importTexts', { workspace, items });
  await server.settled(workspace);
  return workspace;
}

async function hammer(url: string, headers: Record<string, string>, connections: number, seconds: number) {
  const times = new Samples();
  let failed = 0;
  const open = await Promise.all(Array.from({ length: connections }, () => RawConnection.open(url, headers)));
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    open.map(async (connection) => {
      for (let now = performance.now(); now < until; ) {
        if ((await connection.get()) !== 200) failed += 1;
        const then = performance.now();
        times.add(then - now);
        now = then;
      }
      connection.close();
    }),
  );
  return { perSecond: (1000 * times.count) / (performance.now() - started), times, failed };
}
