import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { openCli, printJson, printLine } from '../context.ts';
import { formatPlace } from '../format-place.ts';

export function addSearchCommand(program: Command): void {
  program
    .command('search')
    .argument('<workspace>', 'slug or id')
    .argument('<query>')
    .option('-k <n>', 'number of results', parseCount, 10)
    .addOption(new Option('--mode <mode>', 'search mode').choices(['keyword', 'vector', 'hybrid']).default('hybrid'))
    .description('search documents without a model')
    .action(async (workspace: string, query: string, options: SearchOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const input = { workspace, query, k: options.k, mode: options.mode };
      const { hits, timings, mode } = await lorebox.search(input);
      if (isJson) {
        printJson({ hits, timings, mode });
        return;
      }
      for (const [i, { title, page, startTime, section, text }] of hits.entries()) {
        const place = formatPlace({ title, page, startTime, section });
        printLine(`${i + 1}. ${place}\n   ${text.replace(/\s+/g, ' ').slice(0, 240)}\n`);
      }
      printLine(`${hits.length} results in ${timings.total.toFixed(0)} ms (${mode})`);
    });
}

interface SearchOptions {
  k: number;
  mode: 'keyword' | 'vector' | 'hybrid';
}

function parseCount(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1 || n > 200) throw new InvalidArgumentError('Enter a number from 1 to 200.');
  return n;
}
