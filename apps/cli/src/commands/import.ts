import { open } from 'node:fs/promises';
import type { Accepted } from '@lorebox/sdk';
import type { Command } from 'commander';
import { type Cli, openCli } from '../context.ts';
import { ProgressBar } from '../progress.ts';
import { report } from './upload.ts';

const ITEMS_PER_REQUEST = 500;
const CHARACTERS_PER_REQUEST = 8_000_000;

interface Item {
  externalId: string;
  title?: string;
  text: string;
  metadata?: Record<string, string | number | boolean>;
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument('<workspace>', 'slug or id')
    .argument('<file>', 'JSON lines: {"id", "title", "text", "metadata"}; the id becomes the externalId')
    .option('--wait', 'wait until every document is searchable or has failed')
    .description('import texts in bulk; importing an id again replaces its text')
    .action(async (workspace: string, file: string, options: { wait?: boolean }, command: Command) => {
      const cli = openCli(command);
      const accepted = await importItems(cli, workspace, file);
      await report(cli, accepted, options.wait ?? false);
    });
}

async function importItems(cli: Cli, workspace: string, file: string): Promise<Accepted['documents']> {
  const { lorebox } = cli;
  const bar = new ProgressBar('Importing', cli.isTerminal);
  const accepted: Accepted['documents'] = [];
  let batch: Item[] = [];
  let characters = 0;
  const send = async () => {
    const items = batch;
    batch = [];
    characters = 0;
    if (items.length === 0) return;
    const result = await lorebox.documents.importTexts(workspace, items);
    accepted.push(...result.documents);
    bar.update(accepted.length, accepted.length);
  };
  for await (const item of readItems(file)) {
    if (batch.length === ITEMS_PER_REQUEST || characters + item.text.length > CHARACTERS_PER_REQUEST) await send();
    batch.push(item);
    characters += item.text.length;
  }
  await send();
  bar.finish();
  return accepted;
}

async function* readItems(file: string): AsyncGenerator<Item> {
  let number = 0;
  // readline ignores errors of its input, so check for a missing file here.
  const handle = await open(file);
  for await (const line of handle.readLines()) {
    number += 1;
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() !== '') yield toItem(text, `${file}:${number}`);
  }
}

function toItem(line: string, place: string): Item {
  let value: { id?: unknown; title?: unknown; text?: unknown; metadata?: Item['metadata'] } | null;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`${place} is not valid JSON.`);
  }
  if (value === null || typeof value !== 'object') throw new Error(`${place} is not a JSON object.`);
  const { id, title, text, metadata } = value;
  if (typeof text !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
    throw new Error(`${place} needs "id" and "text".`);
  }
  return {
    externalId: String(id),
    text,
    ...(typeof title === 'string' && title ? { title } : {}),
    ...(metadata ? { metadata } : {}),
  };
}
