import type { AnswerEnd, AnswerEvent, AnswerStream, SourcesFoundEvent, TableQuery } from '@lorebox/sdk';
import { LoreboxError } from '@lorebox/sdk';
import type { Command } from 'commander';
import { noticesOf } from '../answer-notices.ts';
import { type Cli, EXIT, openCli } from '../context.ts';
import { findFiles } from '../find-files.ts';
import { formatPlace } from '../format-place.ts';
import { plural, printJson, printLine, printNotice } from '../output.ts';
import { withTemporaryServer } from '../temporary-server.ts';
import { uploadFiles } from '../upload-files.ts';
import { waitForDocuments } from '../wait-for-documents.ts';

interface AskOptions {
  thread?: string;
  model?: string;
  files?: string[];
}

export function addAskCommand(program: Command): void {
  program
    .command('ask')
    .argument('[words...]', 'WORKSPACE QUESTION, or just QUESTION with --files')
    .option('--thread <id>', 'continue this thread')
    .option('--model <id>', 'model id, such as ollama:llama3.2')
    .option('--files <path...>', 'ask these files without a server; nothing is stored')
    .description('ask a question and stream the answer with numbered citations')
    .action(async (words: string[], options: AskOptions, command: Command) => {
      const cli = openCli(command);
      if (options.files) {
        const { question, files } = splitFiles(words, options.files, command);
        await askFiles(cli, files, question, options);
        return;
      }
      const [workspace, ...rest] = words;
      if (!workspace || rest.length === 0)
        command.error('error: missing workspace or question', { exitCode: EXIT.usage });
      else await askCancellably(cli, workspace, rest.join(' '), options);
    });
}

/** `--files a.pdf b.docx "question"`: the option consumes all arguments, so the last one is the question. */
function splitFiles(words: string[], files: string[], command: Command): { question: string; files: string[] } {
  const question = words.length > 0 ? words.join(' ') : files.at(-1);
  const paths = words.length > 0 ? files : files.slice(0, -1);
  if (!question || paths.length === 0) command.error('error: missing files or question', { exitCode: EXIT.usage });
  return { question: question ?? '', files: paths };
}

async function askFiles(cli: Cli, paths: string[], question: string, options: AskOptions): Promise<void> {
  const files = await findFiles(paths);
  await withTemporaryServer(async (lorebox) => {
    const local = { ...cli, lorebox };
    const { id } = await lorebox.workspaces.create({ name: 'files' });
    const accepted = await uploadFiles(local, id, files);
    const failed = await waitForDocuments(
      local,
      accepted.map((document) => document.id),
    );
    for (const { filename, message } of failed) process.stderr.write(`${filename}: ${message}\n`);
    if (failed.length === accepted.length) throw new Error('None of the files could be read.');
    await printAnswer(local, startAnswer(local, id, question, options));
    if (failed.length > 0) process.exitCode = EXIT.partly;
  });
}

/** SIGHUP: the terminal was closed. */
const CANCEL_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A signal cancels the answer on the server too; a second one leaves at once. Not needed for a temporary server, which
 * is stopped as a whole.
 */
async function askCancellably(cli: Cli, workspace: string, question: string, options: AskOptions): Promise<void> {
  const answer = startAnswer(cli, workspace, question, options);
  const leave = () => process.exit(EXIT.interrupted);
  let isCancelling = false;
  const cancel = (signal: NodeJS.Signals) => {
    if (isCancelling) leave();
    isCancelling = true;
    if (signal === 'SIGINT')
      process.stderr.write('\nlorebox: cancelling the answer. Press Ctrl-C again to leave at once.\n');
    void answer.cancel().then(leave, leave);
  };
  for (const signal of CANCEL_SIGNALS) process.on(signal, cancel);
  await printAnswer(cli, answer);
  for (const signal of CANCEL_SIGNALS) process.off(signal, cancel);
}

function startAnswer({ lorebox }: Cli, workspace: string, question: string, options: AskOptions): AnswerStream {
  const { thread: threadId, model } = options;
  return lorebox.ask({ workspace, question, ...(threadId ? { threadId } : {}), ...(model ? { model } : {}) });
}

async function printAnswer(cli: Cli, answer: AnswerStream): Promise<void> {
  let last: AnswerEvent | undefined;
  let found: SourcesFoundEvent | null = null;
  for await (const event of answer) {
    last = event;
    if (event.type === 'sources-found') found = event;
    if (event.type === 'prompt-sent' && cli.isTerminal) printExpectedTime(event.expectedMs);
    if (event.type === 'text-delta' && !cli.isJson) process.stdout.write(event.text);
  }
  if (last?.type === 'answer-error') throw new LoreboxError(last.code as LoreboxError['code'], last.message);
  if (last?.type !== 'answer-end') throw new Error('The stream ended before the answer was complete.');
  const notices = noticesOf(found, last);
  if (cli.isJson) {
    const { type: _, seq: __, ...end } = last;
    const { sources = [], tableQueries = [] } = found ?? {};
    printJson({ ...end, notices, threadId: (await answer.started).threadId, sources, tableQueries }, notices);
    return;
  }
  printCitations(last);
  for (const query of found?.tableQueries ?? []) printTableQuery(query);
  for (const notice of notices) printNotice(notice);
}

const MIN_ANNOUNCED_MS = 3000;

function printExpectedTime(ms: number | null): void {
  if (ms === null || ms < MIN_ANNOUNCED_MS) return;
  process.stderr.write(`The model is reading the sources, about ${Math.round(ms / 1000)} s.\n`);
}

function printTableQuery({ n, title, table, sql, rowsRead }: TableQuery): void {
  const name = table === title ? title : `${title}, ${table}`;
  printLine(`[${n}] query over ${plural(rowsRead, 'row')} of ${name}: ${sql}`);
}

function printCitations({ citations, unsupported, answer, context }: AnswerEnd): void {
  printLine('\n');
  for (const { n, title, page, startTime, section, text, origin } of citations) {
    const place = formatPlace({ title, page, startTime, section });
    const finder = origin === 'matched' ? ' (found by Lorebox)' : '';
    printLine(`[${n}] ${place}: “${text.replace(/\s+/g, ' ').slice(0, 200)}”${finder}`);
  }
  for (const { start, end } of unsupported)
    printLine(`(!) not supported by any passage: “${answer.slice(start, end)}”`);
  if (context.sourcesCut > 0)
    printLine(`(${plural(context.sourcesCut, 'passage')} omitted: no room in the context window of the model)`);
}
