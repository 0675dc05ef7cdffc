import type { EvalComparison, EvalRun } from '@lorebox/sdk';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Cli, EXIT, openCli } from '../context.ts';
import {
  MEASURES,
  type Measure,
  measured,
  missedTargets,
  parseTarget,
  regressions,
  type Target,
} from '../eval-targets.ts';
import { plural, printJson, printLine } from '../output.ts';
import { ProgressBar } from '../progress.ts';
import { addEvalQuestionCommands } from './eval-questions.ts';

export function addEvalCommands(program: Command): void {
  const evals = program.command('eval').description('measure search and answers with test questions');
  addEvalQuestionCommands(evals);
  addRun(evals);
  evals
    .command('list')
    .argument('<workspace>', 'slug or id')
    .description('list eval runs, newest first')
    .action(async (workspace: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const runs = await lorebox.evals.list(workspace).toArray(100);
      if (isJson) return printJson({ runs });
      for (const run of runs) printLine(summaryOf(run));
    });
  evals
    .command('show')
    .argument('<run>', 'eval run id')
    .option('--worst <n>', 'number of worst questions to show', parseCount, 10)
    .description('show an eval run with its worst questions')
    .action(async (runId: string, { worst }: { worst: number }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const run = await lorebox.evals.get(runId);
      const results = await lorebox.evals.results(runId).toArray();
      if (isJson) return printJson({ run, results });
      printRun(run);
      const sorted = results.filter(({ isJudged }) => isJudged).sort((a, b) => a.ndcg - b.ndcg);
      for (const { question, ndcg, found, error } of sorted.slice(0, worst)) {
        printLine(`  ${ndcg.toFixed(3)}  ${question.replace(/\s+/g, ' ').slice(0, 100)}`);
        printLine(`         ${error ?? `found ${found.slice(0, 5).join(', ') || 'nothing'}`}`);
      }
    });
  evals
    .command('compare')
    .argument('<before>', 'eval run id')
    .argument('<after>', 'id of another eval run of the same workspace')
    .option('--max-drop <n>', 'exit with 4 if a metric drops by more than this', parseShare)
    .description('compare two eval runs, question by question')
    .action(async (before: string, after: string, { maxDrop }: { maxDrop?: number }, command: Command) => {
      const cli = openCli(command);
      const compared = await cli.lorebox.evals.compare(before, after);
      if (cli.isJson) printJson(compared);
      else printComparison(compared);
      if (maxDrop !== undefined) judge(cli, regressions(compared, maxDrop));
    });
}

interface RunOptions {
  label: string;
  mode: 'keyword' | 'vector' | 'hybrid';
  k: number;
  rerank: boolean;
  answers: boolean;
  model?: string;
  min: Target[];
  baseline?: string;
  maxDrop: number;
}

function addRun(evals: Command): void {
  evals
    .command('run')
    .argument('<workspace>', 'slug or id')
    .option('--label <text>', 'label of the eval run', '')
    .addOption(new Option('--mode <mode>', 'search mode').choices(['keyword', 'vector', 'hybrid']).default('hybrid'))
    .option('-k <n>', 'number of results, and the cutoff of all metrics', parseCount, 10)
    .option('--no-rerank', 'skip the reranker')
    .option('--answers', 'also generate answers; measures citation precision and refusals', false)
    .option('--model <id>', 'model for the answers')
    .option(
      '--min <measure=value>',
      `exit with 4 if a metric is below this value: ${MEASURES.join(', ')}`,
      parseTarget,
      [],
    )
    .option('--baseline <run>', 'compare with this eval run; "last" for the previous one')
    .option('--max-drop <n>', 'with --baseline: exit with 4 if a metric drops by more than this', parseShare, 0.01)
    .description('start an eval run and wait for the result')
    .action(async (workspace: string, options: RunOptions, command: Command) => {
      const cli = openCli(command);
      const baseline = await findBaseline(cli, workspace, options.baseline);
      const run = await measure(cli, workspace, options);
      const compared = baseline && run.metrics ? await cli.lorebox.evals.compare(baseline, run.id) : null;
      if (cli.isJson) printJson(compared ? { run, compared } : { run });
      else {
        printRun(run);
        if (compared) printComparison(compared);
      }
      if (run.state !== 'done') process.exitCode = EXIT.failed;
      else
        judge(cli, [...missedTargets(run, options.min), ...(compared ? regressions(compared, options.maxDrop) : [])]);
    });
}

async function findBaseline({ lorebox }: Cli, workspace: string, wanted: string | undefined): Promise<string | null> {
  if (wanted !== 'last') return wanted ?? null;
  for await (const { id, state } of lorebox.evals.list(workspace)) if (state === 'done') return id;
  return null;
}

async function measure({ lorebox, isTerminal }: Cli, workspace: string, options: RunOptions): Promise<EvalRun> {
  const { label, mode, k, rerank, answers, model = null } = options;
  const { id } = await lorebox.evals.start(workspace, { label, mode, k, rerank, answers, model });
  const bar = new ProgressBar('Measuring', isTerminal);
  const run = await lorebox.evals.wait(id, { onProgress: ({ done, total }) => bar.update(done, total) });
  bar.finish();
  return run;
}

/** Prints metrics below their target and sets the exit code. */
function judge({ isJson }: Cli, problems: readonly string[]): void {
  if (problems.length === 0) return;
  process.exitCode = EXIT.below;
  if (!isJson) for (const problem of problems) process.stderr.write(`lorebox: ${problem}\n`);
}

function summaryOf({ id, label, state, startedAt, metrics, options, total }: EvalRun): string {
  const day = startedAt.toISOString().slice(0, 16).replace('T', ' ');
  const figures = metrics ? `nDCG@${options.k} ${metrics.ndcg.toFixed(4)}  recall ${metrics.recall.toFixed(4)}` : state;
  return `${id}  ${day}  ${options.mode.padEnd(7)} ${String(total).padStart(5)} questions  ${figures}  ${label}`.trimEnd();
}

/** The hit rate only considers the first result, and answer metrics have no cutoff. */
function labelOf(measure: Measure, k: number): string {
  if (measure === 'hitRate') return 'hitRate@1';
  return measure === 'citationPrecision' || measure === 'correctRefusals' ? measure : `${measure}@${k}`;
}

function printRun(run: EvalRun): void {
  const { id, state, message, metrics, options, setting } = run;
  printLine(`${id}  ${state}${message ? `: ${message}` : ''}`);
  printLine(
    `${plural(setting.documents, 'document')}, ${setting.embedder ?? 'no vectors'}, reranker ${setting.reranker}, ${options.mode}`,
  );
  if (!metrics) return;
  for (const measure of MEASURES) {
    const value = measured(metrics, measure);
    if (value !== null) printLine(`  ${labelOf(measure, options.k).padEnd(22)} ${value.toFixed(4)}`);
  }
  printLine(
    `  ${'search p50 / p95'.padEnd(22)} ${metrics.latencyP50.toFixed(0)} / ${metrics.latencyP95.toFixed(0)} ms`,
  );
  const { answers } = metrics;
  if (!answers) return;
  printLine(`  ${'refused'.padEnd(22)} ${(answers.refusalRate * 100).toFixed(1)} %`);
  printLine(
    `  ${'answer p50 / p95'.padEnd(22)} ${answers.latencyP50.toFixed(0)} / ${answers.latencyP95.toFixed(0)} ms`,
  );
}

function printComparison({ differences, questions, better, worse, changes }: EvalComparison): void {
  printLine(`\n${plural(questions, 'question')} in both runs: ${better} better, ${worse} worse`);
  for (const { measure, before, after, change, pValue } of differences) {
    const sign = change >= 0 ? '+' : '';
    const chance = pValue === null ? '' : `  p ${pValue.toFixed(3)}`;
    printLine(
      `  ${measure.padEnd(18)} ${before.toFixed(4)} -> ${after.toFixed(4)}  ${sign}${change.toFixed(4)}${chance}`,
    );
  }
  for (const { question, before, after } of changes.slice(0, 10)) {
    printLine(`  ${before.toFixed(2)} -> ${after.toFixed(2)}  ${question.replace(/\s+/g, ' ').slice(0, 90)}`);
  }
}

function parseCount(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1 || n > 100) throw new InvalidArgumentError('Enter a number from 1 to 100.');
  return n;
}

function parseShare(value: string): number {
  const n = Number(value);
  if (!(n >= 0 && n <= 1)) throw new InvalidArgumentError('Enter a number from 0 to 1.');
  return n;
}
