import { openAsBlob } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SearchInput } from '@lorebox/contract/search';
import { Lorebox } from '@lorebox/sdk';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { startServer } from '../load/bench-server.ts';
import { readExactQuestions } from '../load/exact-questions.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const MODES = ['keyword', 'vector', 'hybrid'] as const;
const K = 10;
/** A book of 400 pages is one document. */
const STALL_MS = 600_000;

/** A query, and text that the expected passage contains. */
interface Probe {
  query: string;
  answer: string;
  /** The document with the passage. */
  filename: string;
  /** If true, another document that contains the answer is not a hit. */
  onlyThere: boolean;
}

interface Kind {
  name: string;
  probes: Probe[];
}

/** Searches for phrases of real documents, verbatim and in questions. The passage with the phrase must rank first. */
export async function exact(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { misses: { type: 'boolean', default: false } } });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    process.stderr.write(`${set}\n`);
    process.exit(3);
  }
  const rows = set.rows.filter((row) => row.expect === 'text' && row.needs === null);
  const phrases = rows.flatMap(({ filename, mustContain }) =>
    mustContain.map((forms): Probe => {
      const phrase = forms.split('|')[0] ?? forms;
      return { query: phrase, answer: phrase, filename, onlyThere: false };
    }),
  );
  const questions = readExactQuestions(new Set(rows.map(({ filename }) => filename))).map(
    ({ file, question, answer }): Probe => ({ query: question, answer, filename: file, onlyThere: true }),
  );
  const server = await startServer();
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('exact');
  for (const { path, filename } of rows) {
    await lorebox.documents.upload(workspace, [{ name: filename, data: await openAsBlob(path) }]);
  }
  await server.settled(workspace, STALL_MS);
  const ask = (kinds: Kind[]) => rankAll(lorebox, workspace, kinds, values.misses);
  const codes = phrases.filter(({ query }) => isCode(query));
  const phraseTable = await ask([
    { name: 'all', probes: phrases },
    { name: 'names, codes, numbers', probes: codes },
  ]);
  const questionTable = await ask([{ name: 'all', probes: questions }]);
  await server.stop();
  const shares = ['% at rank 1', '% in the first 3', `% in the first ${K}`];
  printHeading(`Exact phrases of ${rows.length} real documents`);
  printTable(['mode', 'phrases', 'queries', ...shares], phraseTable);
  printNote('The rank of the first passage that contains the phrase. `--misses` names those below rank 3.');
  printHeading(`${questions.length} questions with names, codes and numbers`);
  printTable(
    ['mode', ...shares],
    questionTable.map((row) => row.toSpliced(1, 2)),
  );
  printNote('The rank of the first passage that is from the document asked about and contains the answer.');
  await server.dispose();
}

/** Returns a row per mode and kind. The first kind contains all probes. */
async function rankAll(lorebox: Lorebox, workspace: string, kinds: Kind[], misses: boolean): Promise<string[][]> {
  const table: string[][] = [];
  for (const mode of MODES) {
    const ranks = new Map<Probe, number>();
    for (const probe of kinds[0]?.probes ?? []) {
      const { rank, above } = await rankOf(lorebox, workspace, probe, mode);
      ranks.set(probe, rank);
      if (!misses || mode !== 'hybrid' || rank <= 3) continue;
      progress(`rank ${rank}: "${probe.query}" (${probe.filename}) below ${above.join(', ')}`);
    }
    for (const { name, probes } of kinds) {
      const share = (most: number) =>
        figure((100 * probes.filter((probe) => (ranks.get(probe) ?? 0) <= most).length) / probes.length);
      table.push([mode, name, String(probes.length), share(1), share(3), share(K)]);
      progress(table.at(-1)?.join('  ') ?? '');
    }
  }
  return table;
}
/** Whether the phrase contains an uppercase letter or a digit, and is more than plain words. */
function isCode(phrase: string): boolean {
  return phrase.length <= 40 && /\d|^\p{Lu}\S*(\s\p{Lu}\S*)*$/u.test(phrase);
}

interface Place {
  rank: number;
  /** The first hits that rank above the expected one. */
  above: string[];
}

async function rankOf(lorebox: Lorebox, workspace: string, probe: Probe, mode: SearchInput['mode']): Promise<Place> {
  const { hits } = await lorebox.search({ workspace, query: probe.query, mode, k: K });
  const answer = fold(probe.answer);
  const place = hits.findIndex(
    ({ text, filename }) => (!probe.onlyThere || filename === probe.filename) && fold(text).includes(answer),
  );
  const above = hits
    .slice(0, place < 0 ? 3 : place)
    .map(({ filename, text }) => `${filename} "${text.replace(/\s+/g, ' ').slice(0, 60)}"`);
  return { rank: place < 0 ? Number.POSITIVE_INFINITY : place + 1, above };
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g, '');
}
