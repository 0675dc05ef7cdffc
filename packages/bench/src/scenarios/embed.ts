import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Chunk } from '@lorebox/contract/document';
import { Lorebox } from '@lorebox/sdk';
import { type BenchServer, startServer } from '../load/bench-server.ts';
import { forkChild } from '../load/fork-child.ts';
import { TextGenerator } from '../load/texts.ts';
import { writeTransformersModel } from '../load/transformers-model.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const BATCHES = [1, 32];
const ROUNDS = 2;

/**
 * Measures chunks per second of the product, from the first request until all are searchable, against a loop over the
 * same chunks with transformers.js and the same weights. They alternate, so that load on the machine affects both.
 */
export async function embed(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { documents: { type: 'string', default: '60' } } });
  const model = writeTransformersModel();
  const server = await startServer();
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const rows: string[][] = [];
  const best = new Map<string, number>();
  const note = (name: string, round: number, count: number, seconds: number) => {
    const rate = count / seconds;
    best.set(name, Math.max(best.get(name) ?? 0, rate));
    rows.push([name, String(round + 1), String(count), figure(seconds), figure(rate)]);
    progress(rows.at(-1)?.join('  ') ?? '');
  };
  await ingest(server, lorebox, 'warm-up', 2, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { texts, seconds } = await ingest(server, lorebox, `round ${round}`, Number(values.documents), 100 + round);
    note('Lorebox, import to searchable', round, texts.length, seconds);
    for (const batch of BATCHES) {
      const child = await forkChild(import.meta.resolve('../load/transformers-process.ts'));
      const ended = await child.ask<{ seconds: number }>({ ...model, texts, batch });
      child.close();
      note(
        `transformers.js, ${batch === 1 ? 'one by one' : `batches of ${batch}`}`,
        round,
        texts.length,
        ended.seconds,
      );
    }
  }
  await server.dispose();
  rmSync(model.folder, { recursive: true, force: true });
  printHeading('Embedding with the shipped model');
  printTable(['what', 'round', 'chunks', 'seconds', 'chunks/s'], rows);
  const [ours = 0, ...others] = best.values();
  printNote(
    `Lorebox is ${others.map((rate) => `${figure(ours / rate)}x`).join(' and ')} of these loops (best rounds).`,
  );
}

async function ingest(server: BenchServer, lorebox: Lorebox, name: string, documents: number, seed: number) {
  const texts = new TextGenerator(seed);
  const workspace = await server.createWorkspace(name);
  // Documents of realistic sizes.
  const items = Array.from({ length: documents }, (_, i) => ({
    externalId: `${name}-${i}`,
    title: `Report ${i}`,
    text: texts.text(60 + ((i * 137) % 900)),
  }));
  const started = performance.now();
  await lorebox.documents.importTexts(workspace, items);
  await server.settled(workspace, 600_000);
  const seconds = (performance.now() - started) / 1000;
  const inputs: string[] = [];
  for await (const document of lorebox.documents.list(workspace)) {
    for await (const chunk of lorebox.documents.chunks(document.id)) inputs.push(toInput(document.title, chunk));
  }
  return { texts: inputs, seconds };
}

const toInput = (title: string, { section, text }: Chunk) => [title, section, text].filter(Boolean).join('\n');
