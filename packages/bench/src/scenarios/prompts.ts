import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPrompt } from '@lorebox/core/chat/build-prompt';
import type { Passage } from '@lorebox/core/chat/passage';
import type { PromptLayout } from '@lorebox/core/chat/prompt-layout';
import { streamModel } from '@lorebox/core/chat/stream-model';
import { estimateTokens } from '@lorebox/core/text/estimate-tokens';
import { createLlamaCppProvider } from '@lorebox/providers/llm/llama-cpp-provider';
import { Lorebox } from '@lorebox/sdk';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { type AnswerQuestion, halfOf, hasFacts, readAnswerQuestions } from '../load/answer-questions.ts';
import { startServer } from '../load/bench-server.ts';
import { printHeading, printNote, printTable, progress } from '../report.ts';

const NO_DATA = 3;
const MODELS = join(import.meta.dirname, '../../../../.tools/models');
const MAX_OUTPUT_TOKENS = 160;
const PROMPT_TOKENS = 1200;
const MAX_PASSAGE_LENGTH = 1000;
const REFUSAL = 'The documents in this workspace do not answer this question.';

const LAYOUTS: Record<string, PromptLayout> = {
  'best last, lines, brief rules': { best: 'last', titles: 'once', fence: 'line', rules: 'brief' },
  'best first, lines, brief rules': { best: 'first', titles: 'once', fence: 'line', rules: 'brief' },
  'best last, tags, brief rules': { best: 'last', titles: 'once', fence: 'tags', rules: 'brief' },
  'best last, lines, full rules': { best: 'last', titles: 'once', fence: 'line', rules: 'full' },
  'best first, tags, full rules, every title': { best: 'first', titles: 'each', fence: 'tags', rules: 'full' },
};

interface Counted {
  right: number;
  marked: number;
  questions: number;
}

/** Asks a model the same questions with the same passages in prompts of different layouts. */
export async function prompts(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'string', default: MODELS },
      passages: { type: 'string', default: '4' },
      only: { type: 'string', default: '' },
    },
  });
  const set = readJudgedSet();
  const file = existsSync(values.models) && readdirSync(values.models).find((name) => name.endsWith('.gguf'));
  if (typeof set === 'string' || !file) {
    printNote(
      typeof set === 'string' ? set : `No model in ${values.models}: run \`node scripts/fetch-test-model.ts\`.`,
    );
    process.exit(NO_DATA);
  }
  const paths = new Map(set.rows.map(({ filename, path }) => [filename, path]));
  const questions = readAnswerQuestions(new Set(paths.keys())).filter(({ kind }) => kind === 'lookup');
  const asked = await findPassages(questions, paths, Number(values.passages));
  const provider = createLlamaCppProvider({ modelsDir: values.models, contextWindow: 4096 });
  const model = await provider.find(file);
  if (model.kind !== 'language-model') throw new Error(`${file} is not a language model`);
  const rows: (string | number)[][] = [];
  const layouts = Object.entries(LAYOUTS).filter(([name]) => name.includes(values.only));
  for (const [name, layout] of layouts) {
    const halves = { tuning: empty(), 'held out': empty() };
    for (const { question, passages } of asked) {
      const fitted = buildPrompt({
        instructions: '',
        mode: 'query',
        refusalText: REFUSAL,
        question: question.question,
        images: [],
        passages,
        history: [],
        historyStart: 0,
        budget: {
          window: 4096,
          reservedForAnswer: MAX_OUTPUT_TOKENS,
          maxPromptTokens: PROMPT_TOKENS,
          maxFreshTokens: null,
        },
        countTokens: estimateTokens,
        fence: 'hkbdmfoa',
        layout,
      });
      const call = { prompt: fitted.prompt, temperature: 0, maxOutputTokens: MAX_OUTPUT_TOKENS };
      let answer = '';
      for await (const part of streamModel(model, call, new AbortController().signal)) {
        if (part.type === 'text') answer += part.text;
      }
      const counted = halves[halfOf(question)];
      counted.questions += 1;
      if (!hasFacts(question, answer)) continue;
      counted.right += 1;
      if (/\[\d+\]/.test(answer)) counted.marked += 1;
    }
    const cells = Object.values(halves).flatMap(({ right, marked, questions: all }) => [`${right} of ${all}`, marked]);
    rows.push([name, ...cells]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  printHeading(`Prompt layouts, ${file}, ${values.passages} passages`);
  printTable(['layout', 'right, tuning', 'with a marker', 'right, held out', 'with a marker'], rows);
  process.exit(0);
}

const empty = (): Counted => ({ right: 0, marked: 0, questions: 0 });

/** Searches for each question, so that every layout gets the same passages. */
async function findPassages(
  questions: readonly AnswerQuestion[],
  paths: ReadonlyMap<string, string>,
  limit: number,
): Promise<{ question: AnswerQuestion; passages: Passage[] }[]> {
  const server = await startServer({ env: { LOREBOX_OLLAMA_URL: 'http://127.0.0.1:1' } });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const workspace = await server.createWorkspace('prompts');
  for (const name of new Set(questions.flatMap(({ files }) => files))) {
    const data = new Blob([new Uint8Array(readFileSync(paths.get(name) ?? ''))]);
    await lorebox.documents.upload(workspace, [{ name, data }]);
  }
  await server.settled(workspace, 600_000);
  const found = [];
  for (const question of questions) {
    const { hits } = await lorebox.api.search.query({ workspace, query: question.question, k: limit });
    const passages = hits.map((hit, i): Passage => ({ ...hit, n: i + 1, text: hit.text.slice(0, MAX_PASSAGE_LENGTH) }));
    found.push({ question, passages });
  }
  await server.dispose();
  return found;
}
