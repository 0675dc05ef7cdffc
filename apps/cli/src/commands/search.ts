import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { openCli } from '../context.ts';
import { formatPlace } from '../format-place.ts';
import { plural, printJson, printLine, printNotice } from '../output.ts';

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
      const { notices, ...result } = await lorebox.search(input);
      const { hits, timings, mode } = result;
      if (isJson) {
        printJson(result, notices);
        return;
      }
      for (const [i, { title, page, startTime, section, text }] of hits.entries()) {
        const place = formatPlace({ title, page, startTime, section });
        printLine(`${i + 1}. ${place}\n   ${text.replace(/\s+/g, ' ').slice(0, 240)}\n`);
      }
      for (const notice of notices) printNotice(notice);
      printLine(`${plural(hits.length, 'result')} in ${timings.total.toFixed(0)} ms (${mode})`);
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
