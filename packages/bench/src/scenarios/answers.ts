import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AnswerEnd, Lorebox } from '@lorebox/sdk';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import {
  type AnswerQuestion,
  halfOf,
  type JudgedAnswer,
  judgeAnswer,
  readAnswerQuestions,
} from '../load/answer-questions.ts';
import { startServer } from '../load/bench-server.ts';
import { Samples } from '../load/samples.ts';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const NO_DATA = 3;
const MODELS = join(import.meta.dirname, '../../../../.tools/models');
const KINDS = ['lookup', 'whole', 'unanswerable'] as const;
const FILES_PER_REQUEST = 10;
const STALL_MS = 10 * 60_000;
const MAX_SECONDS = 60;

interface Asked extends JudgedAnswer {
  question: AnswerQuestion;
  end: AnswerEnd;
  firstMs: number | null;
  totalMs: number;
}

/**
 * Asks judged questions over real documents, of each model in the models folder and of the answerer that quotes, at
 * default settings: right, cited right, refused right, seconds and tokens.
 */
export async function answers(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'string', default: MODELS },
      only: { type: 'string' },
      ids: { type: 'string' },
      misses: { type: 'boolean', default: false },
    },
  });
  const set = readJudgedSet();
  if (typeof set === 'string') {
    printNote(set);
    process.exit(NO_DATA);
  }
  const paths = new Map(set.rows.map(({ filename, path }) => [filename, path]));
  const wanted = values.ids?.split(',').map(Number);
  const questions = readAnswerQuestions(new Set(paths.keys())).filter(({ id }) => wanted?.includes(id) ?? true);
  const env = { LOREBOX_MODELS_DIR: values.models, LOREBOX_OLLAMA_URL: 'http://127.0.0.1:1' };
  const server = await startServer({ env });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('answers');
  await lorebox.api.workspaces.update.mutate({ workspace, mode: 'query', summaries: 'off' });
  const files = [...new Set(questions.flatMap((question) => question.files))];
  for (let from = 0; from < files.length; from += FILES_PER_REQUEST) {
    const batch = files.slice(from, from + FILES_PER_REQUEST).map((name) => {
      return { name, data: new Blob([new Uint8Array(readFileSync(paths.get(name) ?? ''))]) };
    });
    await lorebox.documents.upload(workspace, batch);
  }
  const { ready, failed } = await server.settled(workspace, STALL_MS);
  printNote(`${questions.length} questions over ${ready} documents (${failed} failed).`);
  for (const model of modelsIn(values.models).filter(
    (name) => values.only === undefined || name.includes(values.only),
  )) {
    const asked: Asked[] = [];
    for (const question of questions) asked.push(await askOne(lorebox, workspace, model, question));
    report(model, asked);
    if (values.misses) printMisses(asked);
  }
  await server.dispose();
}

function modelsIn(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gguf')) : [];
  if (files.length === 0) printNote('No model: run `node scripts/fetch-test-model.ts`, or pass --models FOLDER.');
  return ['extractive', ...files.map((name) => `llama-cpp:${name}`)];
}

async function askOne(lorebox: Lorebox, workspace: string, model: string, question: AnswerQuestion): Promise<Asked> {
  const started = performance.now();
  let firstMs: number | null = null;
  for await (const event of lorebox.ask({ workspace, model, question: question.question })) {
    if (event.type === 'text-delta') firstMs ??= performance.now() - started;
    if (event.type === 'answer-error') throw new Error(`question ${question.id}: ${event.message}`);
    if (event.type !== 'answer-end') continue;
    const totalMs = performance.now() - started;
    const judged = judgeAnswer(question, event);
    progress(`${model} ${question.id}: ${judged.isRight ? 'right' : 'wrong'}, ${figure(totalMs / 1000)} s`);
    return { ...judged, question, end: event, firstMs, totalMs };
  }
  throw new Error(`question ${question.id}: the answer did not end`);
}

function report(model: string, asked: readonly Asked[]): void {
  printHeading(model);
  const rows = (['tuning', 'held out'] as const).flatMap((half) =>
    KINDS.map((kind) => {
      const own = asked.filter(({ question }) => question.kind === kind && halfOf(question) === half);
      const right = own.filter(({ isRight }) => isRight);
      const cited = right.filter(({ isCited }) => isCited);
      return [
        half,
        kind,
        own.length,
        right.length,
        kind === 'unanswerable' ? '-' : `${cited.length} of ${right.length}`,
      ];
    }),
  );
  printTable(['half', 'kind', 'questions', 'right', 'cited right'], rows);
  const [first, total] = [new Samples(), new Samples()];
  for (const { firstMs, totalMs } of asked) {
    if (firstMs !== null) first.add(firstMs / 1000);
    total.add(totalMs / 1000);
  }
  const answerable = asked.filter(({ question }) => question.kind !== 'unanswerable');
  const right = answerable.filter(({ isRight }) => isRight);
  const count = (wanted: string) => asked.filter(({ end }) => end.finishReason === wanted).length;
  const overLimit = asked.filter(
    ({ end }) => end.usage.outputTokens > end.context.reservedForAnswer && model !== 'extractive',
  );
  printTable(
    ['measure', 'value'],
    [
      ['right citations on right answers', `${right.filter(({ isCited }) => isCited).length} of ${right.length}`],
      ['wrongly refused', String(answerable.filter(({ isRefused }) => isRefused).length)],
      ['first word, s: median / highest', `${figure(first.at(50))} / ${figure(first.max)}`],
      ['answer, s: median / highest', `${figure(total.at(50))} / ${figure(total.max)}`],
      [`longer than ${MAX_SECONDS} s`, String(asked.filter(({ totalMs }) => totalMs > MAX_SECONDS * 1000).length)],
      ['past the output limit', String(overLimit.length)],
      ['stopped: limit / repetition', `${count('length')} / ${count('repetition')}`],
      ['prompt tokens, mean', figure(mean(asked.map(({ end }) => end.usage.inputTokens)))],
      ['output tokens, mean', figure(mean(asked.map(({ end }) => end.usage.outputTokens)))],
    ],
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Only the tuning half, so that the other one stays unseen. */
function printMisses(asked: readonly Asked[]): void {
  for (const { question, end, isRight, isCited } of asked) {
    if (halfOf(question) === 'held out' || (isRight && isCited)) continue;
    const citations = end.citations.map(
      ({ n, origin, filename, text }) => `[${n}] ${origin} ${filename}: ${text.slice(0, 80)}`,
    );
    printNote(
      `\n${question.id} ${question.question}\nwanted: ${question.facts.join('; ')} in ${question.files.join(', ')}\n` +
        `got: ${end.answer.slice(0, 400)}\n${citations.join('\n')}\n${JSON.stringify(end.context)}`,
    );
  }
}
