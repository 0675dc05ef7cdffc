import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Document, Lorebox } from '@lorebox/sdk';
import { judge, readJudgedSet } from '@lorebox/testkit/judged-documents';
import { startServer } from '../load/bench-server.ts';
import { startDoubles } from '../load/doubles.ts';
import { phraseErrorRate, wordErrorRate } from '../load/error-rate.ts';
import { readMemory } from '../load/memory.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const NO_DATA = 3;
const POLL_MS = 50;
const RECORDING = /\.(?:mp3|m4a|aac|mp4|mov|wav|flac|ogg|opus|webm)$/i;

/** Processes the recordings of a judged set one at a time, and measures errors, real-time factor and memory. */
export async function speech(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { language: { type: 'string', default: 'auto' }, model: { type: 'string' }, truth: { type: 'string' } },
  });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    printNote(set);
    process.exit(NO_DATA);
  }
  const doubles = await startDoubles();
  const model: Record<string, string> = values.model ? { LOREBOX_SPEECH_MODEL: values.model } : {};
  const server = await startServer({
    env: { ...doubles.embedder, ...model, LOREBOX_SPEECH_LANGUAGE: values.language },
  });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('recordings');
  const rows: string[][] = [];
  let passed = 0;
  const recordings = set.rows.filter(({ needs, filename }) => needs?.startsWith('stt') || RECORDING.test(filename));
  for (const row of recordings) {
    const started = performance.now();
    const file = { name: row.filename, data: await openAsBlob(row.path) };
    const { documents } = await lorebox.documents.upload(workspace, [file]);
    const { document, peakMb } = await finished(lorebox, documents[0]?.id ?? '', server.lorebox.pid);
    const seconds = (performance.now() - started) / 1000;
    const isFailed = document.status === 'failed';
    const text = isFailed ? '' : (await lorebox.documents.text(document.id)).text;
    const { reason, message } = document;
    const miss = judge(row, isFailed ? { reason: reason ?? '', message: message ?? '' } : { text });
    if (!miss) passed++;
    const right = values.truth ? join(values.truth, `${row.filename}.txt`) : '';
    const whole = existsSync(right) ? wordErrorRate(readFileSync(right, 'utf8'), text) : Number.NaN;
    const rates = [whole, phraseErrorRate(row.mustContain, text)].map((rate) => figure(rate * 100));
    const length = document.duration ?? Number.NaN;
    const told = miss ?? [message, ...document.warnings].filter(Boolean).join(' ');
    rows.push([
      row.filename,
      figure(length),
      ...rates,
      figure(seconds),
      figure(seconds / length),
      figure(peakMb),
      told,
    ]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  await server.dispose();
  doubles.close();
  printHeading(`Speech (${values.language}): ${passed} of ${recordings.length} as expected`);
  printTable(['file', 's', 'WER %', 'CER % of its phrases', 'took s', 'real-time factor', 'peak MB', 'told'], rows);
  printNote(
    'From upload to searchable; the first includes the start of a child and its model. A model looks at 30 s at a time, however short a file.',
  );
  if (!values.truth) printNote('--truth DIR with FILE.txt for each file gives word error rates of whole texts.');
}

async function finished(lorebox: Lorebox, id: string, pid: number) {
  let peakMb = 0;
  for (;;) {
    const document: Document = await lorebox.documents.get(id);
    const { children } = readMemory(pid);
    // NaN if a child process exits at this moment.
    if (children > peakMb) peakMb = children;
    if (document.status !== 'processing') return { document, peakMb };
    await sleep(POLL_MS);
  }
}
