import { type Command, InvalidArgumentError } from 'commander';
import { openCli } from '../context.ts';
import { type Golden, readGolden, readJudged } from '../golden-files.ts';
import { plural, printJson, printLine, printTable } from '../output.ts';

const PER_REQUEST = 500;

/** Commands to add and review test questions. */
export function addEvalQuestionCommands(evals: Command): void {
  evals
    .command('add')
    .argument('<workspace>', 'slug or id')
    .argument('[file]', 'JSON lines: {"question", "relevant": ["report.pdf"], "answer", "answerable"}')
    .option('--queries <file>', 'documents of a judged data set as JSON lines: {"id", "text"}')
    .option('--qrels <file>', 'relevance judgments of the data set: query, document, grade')
    .description('add test questions from a file; identify relevant documents by external id, id or filename')
    .action(async (workspace: string, file: string | undefined, options: AddOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const questions = await readQuestions(file, options);
      const totals = { added: 0, replaced: 0 };
      for (let from = 0; from < questions.length; from += PER_REQUEST) {
        const sent = await lorebox.evals.addQuestions(workspace, questions.slice(from, from + PER_REQUEST));
        totals.added += sent.added;
        totals.replaced += sent.replaced;
      }
      report(isJson, totals);
    });
  evals
    .command('from-feedback')
    .argument('<workspace>', 'slug or id')
    .description('import answers with a positive rating as test questions')
    .action(async (workspace: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      report(isJson, await lorebox.evals.importFeedback(workspace));
    });
  evals
    .command('generate')
    .argument('<workspace>', 'slug or id')
    .option('-n <count>', 'number of questions', parseCount, 20)
    .option('--model <id>', 'model that writes the questions')
    .description('generate test questions with a model; review them with "eval questions" and "eval approve"')
    .action(async (workspace: string, { n, model }: { n: number; model?: string }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      report(isJson, await lorebox.evals.generateQuestions(workspace, { count: n, model }, { timeout: 0 }));
    });
  evals
    .command('questions')
    .argument('<workspace>', 'slug or id')
    .option('--to-review', 'only questions that are not approved yet')
    .description('list test questions')
    .action(async (workspace: string, options: { toReview?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const filter = options.toReview ? { approved: false } : {};
      const questions = await lorebox.evals.listQuestions(workspace, filter).toArray();
      if (isJson) return printJson({ questions });
      printTable(questions, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'STATE', value: ({ approved }) => (approved ? 'approved' : 'needs review') },
        { header: 'SOURCE', value: ({ source }) => source },
        { header: 'QUESTION', value: ({ question }) => question },
      ]);
    });
  for (const [name, about] of [
    ['approve', 'approve test questions, so that eval runs use them'],
    ['remove', 'delete test questions'],
  ] as const) {
    evals
      .command(name)
      .argument('<question...>', 'ids of test questions')
      .description(about)
      .action(async (ids: string[], _options: object, command: Command) => {
        const { lorebox, isJson } = openCli(command);
        for (const questionId of ids) {
          if (name === 'approve') await lorebox.evals.updateQuestion(questionId, { approved: true });
          else await lorebox.evals.deleteQuestion(questionId);
        }
        if (isJson) printJson({ [name]: ids.length });
        else printLine(plural(ids.length, 'question'));
      });
  }
}

interface AddOptions {
  queries?: string;
  qrels?: string;
}

async function readQuestions(file: string | undefined, { queries, qrels }: AddOptions): Promise<Golden[]> {
  if (queries && qrels && !file) return readJudged(queries, qrels);
  if (file && !queries && !qrels) return readGolden(file);
  throw new Error('Pass a file of test questions, or --queries and --qrels.');
}

function report(isJson: boolean, totals: { added: number; replaced: number }): void {
  if (isJson) printJson(totals);
  else printLine(`${totals.added} added, ${totals.replaced} replaced`);
}

function parseCount(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1 || n > 100) throw new InvalidArgumentError('Enter a number from 1 to 100.');
  return n;
}
