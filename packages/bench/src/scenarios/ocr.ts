import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Document, Lorebox } from '@lorebox/sdk';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { startDoubles } from '../load/doubles.ts';
import { characterErrorRate, phraseErrorRate } from '../load/error-rate.ts';
import { readMemory } from '../load/memory.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const NO_DATA = 3;
const POLL_MS = 100;

/** Processes the scans and images of a judged set one at a time, and measures errors, seconds and memory. */
export async function ocr(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { languages: { type: 'string', default: 'eng' }, truth: { type: 'string' } },
  });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    printNote(set);
    process.exit(NO_DATA);
  }
  const doubles = await startDoubles();
  const server = await startServer({ env: { ...doubles.embedder, LOREBOX_OCR_LANGUAGES: values.languages } });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('scans');
  const rows: string[][] = [];
  for (const row of set.rows.filter(({ needs }) => needs?.startsWith('ocr'))) {
    const started = performance.now();
    const file = { name: row.filename, data: await openAsBlob(row.path) };
    const { documents } = await lorebox.documents.upload(workspace, [file]);
    const { document, peakMb } = await finished(server, lorebox, documents[0]?.id ?? '');
    const seconds = (performance.now() - started) / 1000;
    const text = document.status === 'failed' ? '' : await readText(lorebox, document.id);
    const right = values.truth ? join(values.truth, `${row.filename}.txt`) : '';
    const whole = existsSync(right) ? characterErrorRate(readFileSync(right, 'utf8'), text) : Number.NaN;
    const pages = document.pages ?? 1;
    const rates = [whole, phraseErrorRate(row.mustContain, text)].map((rate) => figure(rate * 100));
    const warnings = [document.message, ...document.warnings].filter(Boolean).join(' ');
    rows.push([row.filename, String(pages), ...rates, figure(seconds / pages), figure(peakMb), warnings]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  await server.dispose();
  doubles.close();
  printHeading(`Text recognition (${values.languages})`);
  printTable(['file', 'pages', 'CER % of the text', 'CER % of its phrases', 's/page', 'peak MB', 'told'], rows);
  printNote(
    'Seconds from upload to searchable; the first includes the start of a child and of its engine. MB of all parsers.',
  );
  if (!values.truth) printNote('--truth DIR with FILE.txt for each file gives error rates of whole texts.');
}

async function finished(server: BenchServer, lorebox: Lorebox, id: string) {
  let peakMb = 0;
  for (;;) {
    const document: Document = await lorebox.documents.get(id);
    const { children } = readMemory(server.lorebox.pid);
    // NaN if a child process exits at this moment.
    if (children > peakMb) peakMb = children;
    if (document.status !== 'processing') return { document, peakMb };
    await sleep(POLL_MS);
  }
}

async function readText(lorebox: Lorebox, documentId: string): Promise<string> {
  let text = '';
  for (;;) {
    const part = await lorebox.api.documents.text.query({ documentId, start: text.length });
    text += part.text;
    if (part.text === '' || text.length >= part.length) return text;
  }
}
