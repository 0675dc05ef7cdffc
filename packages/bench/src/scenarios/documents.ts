import { parseArgs } from 'node:util';
import { GENERATORS } from '@lorebox/parsers/testing/generators/all-generators';
import { type GeneratorResult, runGenerator } from '@lorebox/parsers/testing/generators/document-generator';
import { createRandom } from '@lorebox/testkit/random';
import { printHeading, printNote, printTable, progress } from '../report.ts';

const PROGRESS_EVERY = 100;

/** Parses generated documents and prints how many of their words are lost, added or misplaced. */
export async function documents(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seeds: { type: 'string', default: '100' }, first: { type: 'string' }, kind: { type: 'string' } },
  });
  const seeds = Number(values.seeds);
  const first = Number(values.first ?? Math.floor(Math.random() * 1_000_000_000));
  const rows: string[][] = [];
  const faults: string[] = [];
  for (const [kind, make] of Object.entries(GENERATORS)) {
    if (values.kind !== undefined && values.kind !== kind) continue;
    const total = { tokens: 0, lost: 0, invented: 0, faults: 0 };
    for (let seed = first; seed < first + seeds; seed++) {
      if (seed > first && (seed - first) % PROGRESS_EVERY === 0) progress(`${kind}: ${seed - first} of ${seeds}`);
      const result = await runGenerator(make, seed, createRandom);
      total.tokens += result.tokens;
      total.lost += result.lost.length;
      total.invented += result.invented.length;
      total.faults += result.faults.length;
      if (result.lost.length + result.invented.length + result.faults.length > 0) faults.push(describe(kind, result));
    }
    rows.push([kind, seeds, total.tokens, total.lost, total.invented, total.faults].map(String));
  }
  printHeading(`Generated documents, seeds ${first} to ${first + seeds - 1}`);
  printTable(['kind', 'documents', 'tokens in', 'tokens lost', 'tokens invented', 'misplaced'], rows);
  printNote(faults.length === 0 ? 'No faults.' : faults.slice(0, 50).join('\n'));
}

function describe(kind: string, { seed, filename, lost, invented, faults }: GeneratorResult): string {
  const parts = [
    lost.length > 0 ? `lost ${lost.slice(0, 5).join(' ')}` : '',
    invented.length > 0 ? `invented ${invented.slice(0, 5).join(' ')}` : '',
    ...faults.slice(0, 3),
  ];
  return `- ${kind}, seed ${seed}, ${filename}: ${parts.filter(Boolean).join('; ')}`;
}
