import { openAsBlob } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SearchInput } from '@lorebox/contract/search';
import { Lorebox } from '@lorebox/sdk';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { startServer } from '../load/bench-server.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const MODES = ['keyword', 'vector', 'hybrid'] as const;
const K = 10;
/** A book of 400 pages is one document. */
const STALL_MS = 600_000;

interface Probe {
  phrase: string;
  filename: string;
}

/** Phrases, names, codes and numbers that stand in real documents, asked for as they are: a passage that has them must come first. */
export async function exact(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { misses: { type: 'boolean', default: false } } });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    process.stderr.write(`${set}\n`);
    process.exit(3);
  }
  const server = await startServer();
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('exact');
  const rows = set.rows.filter((row) => row.expect === 'text' && row.needs === null);
  for (const { path, filename } of rows) {
    await lorebox.documents.upload(workspace, [{ name: filename, data: await openAsBlob(path) }]);
  }
  await server.settled(workspace, STALL_MS);
  const probes = rows.flatMap(({ filename, mustContain }): Probe[] =>
    mustContain.map((phrase) => ({ phrase: phrase.split('|')[0] ?? phrase, filename })),
  );
  const kinds = { all: probes, 'names, codes, numbers': probes.filter(({ phrase }) => isCode(phrase)) };
  const table: string[][] = [];
  for (const mode of MODES) {
    const ranks = new Map<Probe, number>();
    for (const probe of probes) ranks.set(probe, await rankOf(lorebox, workspace, probe.phrase, mode));
    for (const [kind, some] of Object.entries(kinds)) {
      const share = (most: number) =>
        figure((100 * some.filter((probe) => (ranks.get(probe) ?? 0) <= most).length) / some.length);
      table.push([mode, kind, String(some.length), share(1), share(3), share(K)]);
      progress(table.at(-1)?.join('  ') ?? '');
    }
    if (!values.misses || mode !== 'hybrid') continue;
    for (const [{ phrase, filename }, rank] of ranks) if (rank > 3) progress(`rank ${rank}: "${phrase}" (${filename})`);
  }
  await server.stop();
  printHeading(`Exact phrases of ${rows.length} real documents`);
  printTable(['mode', 'phrases', 'queries', '% at rank 1', '% in the first 3', `% in the first ${K}`], table);
  printNote('The rank of the first passage that contains the phrase. `--misses` names those below rank 3.');
  await server.dispose();
}

/** A capital or a digit inside: no plain words. */
function isCode(phrase: string): boolean {
  return phrase.length <= 40 && /\d|^\p{Lu}\S*(\s\p{Lu}\S*)*$/u.test(phrase);
}

async function rankOf(lorebox: Lorebox, workspace: string, phrase: string, mode: SearchInput['mode']): Promise<number> {
  const { hits } = await lorebox.search({ workspace, query: phrase, mode, k: K });
  const place = hits.findIndex(({ text }) => fold(text).includes(fold(phrase)));
  return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g, '');
}
