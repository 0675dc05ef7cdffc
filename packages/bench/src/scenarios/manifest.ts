import { openAsBlob } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Document, Lorebox } from '@lorebox/sdk';
import { type JudgedOutcome, judge, readJudgedSet } from '@lorebox/testkit/judged-documents';
import { startServer } from '../load/bench-server.ts';
import { startDoubles } from '../load/doubles.ts';
import { printHeading, printNote, printTable, progress } from '../report.ts';

const NO_DATA = 3;
const FILES_PER_REQUEST = 10;
const STALL_MS = 10 * 60_000;

/**
 * Uploads every file of a judged set and prints how many have the expected outcome, and what is wrong with the others.
 */
export async function manifest(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { languages: { type: 'string', default: 'eng,chi_sim' } } });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    printNote(set);
    process.exit(NO_DATA);
  }
  const doubles = await startDoubles();
  const server = await startServer({ env: { ...doubles.embedder, LOREBOX_OCR_LANGUAGES: values.languages } });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('judged');
  const ids: string[] = [];
  for (let from = 0; from < set.rows.length; from += FILES_PER_REQUEST) {
    const rows = set.rows.slice(from, from + FILES_PER_REQUEST);
    const files = await Promise.all(
      rows.map(async ({ path, filename }) => ({ name: filename, data: await openAsBlob(path) })),
    );
    ids.push(...(await lorebox.documents.upload(workspace, files)).documents.map(({ id }) => id));
  }
  await server.settled(workspace, STALL_MS);
  const groups = new Map<string, { passed: number; total: number }>();
  const misses: string[] = [];
  for (const [i, row] of set.rows.entries()) {
    const miss = judge(row, await outcomeOf(lorebox, await lorebox.documents.get(ids[i] ?? '')));
    const name = row.needs?.split(/[:,]/)[0] ?? 'text';
    const group = groups.get(name) ?? { passed: 0, total: 0 };
    groups.set(name, { passed: group.passed + (miss ? 0 : 1), total: group.total + 1 });
    if (miss) misses.push(`${row.file}: ${miss}`);
    if (miss) progress(misses.at(-1) ?? '');
  }
  await server.dispose();
  doubles.close();
  printHeading(`${set.rows.length} judged documents`);
  printTable(
    ['needs', 'passed', 'total'],
    [...groups].map(([name, { passed, total }]) => [name, String(passed), String(total)]),
  );
  printNote(misses.length === 0 ? 'No misses.' : misses.map((miss) => `- ${miss}`).join('\n'));
}

async function outcomeOf(lorebox: Lorebox, { id, status, reason, message }: Document): Promise<JudgedOutcome> {
  if (status === 'failed') return { reason: reason ?? 'none', message: message ?? '' };
  let text = '';
  for (;;) {
    const part = await lorebox.documents.text(id, { start: text.length });
    text += part.text;
    if (part.text === '' || text.length >= part.length) return { text };
  }
}
