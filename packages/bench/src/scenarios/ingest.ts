import { parseArgs } from 'node:util';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { forEachOf } from '../load/concurrently.ts';
import { countChunks } from '../load/count-chunks.ts';
import { readCpuTime } from '../load/cpu-time.ts';
import { startDoubles } from '../load/doubles.ts';
import { type UploadFile, uploadFiles } from '../load/multipart.ts';
import { startProbe, WAIT_HEADER, waitCells } from '../load/probe.ts';
import { finishProfile, profileFolder } from '../load/profile.ts';
import { TextGenerator } from '../load/texts.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const WORDS = 200;
const PER_REQUEST = 50;
const AT_ONCE = 8;
const MEGABYTE = 1_000_000;
const BYTES_PER_WORD = 6;
/** A large text is one document, which only counts when it is complete. */
const LARGE_STALL_MS = 10 * 60_000;

/**
 * Measures documents and chunks per second from the first request until all are searchable, and how long other clients
 * wait meanwhile.
 */
export async function ingest(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      documents: { type: 'string', default: '300' },
      megabytes: { type: 'string', default: '5' },
      'shipped-documents': { type: 'string', default: '100' },
      'shipped-megabytes': { type: 'string', default: '0.3' },
      embedder: { type: 'string', default: 'zero,shipped' },
      prof: { type: 'boolean', default: false },
    },
  });
  const doubles = await startDoubles();
  const rows: string[][] = [];
  for (const embedder of values.embedder.split(',')) {
    const isZero = embedder === 'zero';
    const profile = profileFolder(values.prof, `ingest-${embedder}`);
    const server = await startServer({ env: isZero ? doubles.embedder : {}, profile });
    const documents = Number(isZero ? values.documents : values['shipped-documents']);
    const megabytes = Number(isZero ? values.megabytes : values['shipped-megabytes']);
    const texts = new TextGenerator(11);
    const small = (start: number): UploadFile[] =>
      Array.from({ length: documents }, (_, i) => ({ name: `note-${start + i}.txt`, content: texts.text(WORDS) }));
    const batches = chunked(small(0), PER_REQUEST);
    const singles = chunked(small(documents), 1);
    const large = [[{ name: 'large.txt', content: texts.text((megabytes * MEGABYTE) / BYTES_PER_WORD) }]];
    // The parsers and the model load with the first document, which is startup time and not throughput.
    await load(server, 'warm-up', [[{ name: 'first.txt', content: texts.text(WORDS) }]], 1);
    const runs: [string, UploadFile[][], number][] = [
      [`${documents} small, ${PER_REQUEST} a request`, batches, 1],
      [`${documents} small, 1 a request, ${AT_ONCE} at once`, singles, AT_ONCE],
      [`one text of ${megabytes} MB`, large, 1],
    ];
    for (const [name, requests, concurrency] of runs) {
      const row = await load(server, name, requests, concurrency);
      rows.push([embedder, ...row]);
      progress(rows.at(-1)?.join('  ') ?? '');
    }
    await server.stop();
    finishProfile(profile);
    await server.dispose();
  }
  doubles.close();
  printHeading('Ingest');
  printTable(
    [
      'embedder',
      'load',
      'docs',
      'chunks',
      'seconds',
      'docs/s',
      'chunks/s',
      'server CPU ms a doc',
      'a chunk',
      ...WAIT_HEADER,
    ],
    rows,
  );
  printNote(
    'healthz is asked every 20 ms and documents.list every 100 ms by another client; event-loop delay is measured',
  );
  printNote(
    "inside the server's main thread. The load, the doubles, the probe and the server share the machine's cores.",
  );
}

async function load(
  server: BenchServer,
  name: string,
  requests: readonly UploadFile[][],
  concurrency: number,
): Promise<string[]> {
  const workspace = await server.createWorkspace(name);
  const finish = await startProbe(server, workspace);
  const cpu = readCpuTime(server.lorebox.pid);
  const started = performance.now();
  await forEachOf(requests, concurrency, async (files) => {
    await uploadFiles(server.http, workspace, files);
  });
  const { ready, failed } = await server.settled(workspace, LARGE_STALL_MS);
  const seconds = (performance.now() - started) / 1000;
  const cpuUsed = readCpuTime(server.lorebox.pid) - cpu;
  const waits = await finish();
  if (failed > 0) printNote(`${name}: ${failed} documents failed`);
  const chunks = await countChunks(server.http, workspace);
  const rates = [seconds, ready / seconds, chunks / seconds, cpuUsed / ready, cpuUsed / chunks].map(figure);
  return [name, String(ready), String(chunks), ...rates, ...waitCells(waits)];
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
