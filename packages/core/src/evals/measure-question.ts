import type { Citation } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { EvalOptions, EvalResult, GoldenItem } from '@lorebox/contract/eval';
import type { Workspace } from '@lorebox/contract/workspace';
import type { Embedder } from '@lorebox/ports/embedder';
import { answerQuestion } from '../chat/answer-question.ts';
import { checkSupport } from '../chat/check-support.ts';
import type { Services } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { retrieve } from '../search/retrieve.ts';
import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import { scoreRanking } from './score-ranking.ts';

/** Searches for one test question, and answers it if requested. Only the metrics are stored. */
export async function measureQuestion(
  core: Services,
  workspace: Workspace,
  options: EvalOptions,
  golden: GoldenItem,
  signal: AbortSignal,
): Promise<EvalResult> {
  const { mode, k } = options;
  const query = {
    ...{ query: golden.question, mode, limit: k },
    filter: { workspaceId: workspace.id },
    similarityFloor: workspace.similarityFloor,
    localOnly: workspace.localOnly,
    reranker: options.rerank ? workspace.reranker : 'off',
  };
  const { passages, timings } = await retrieve(core, query, signal);
  const ranked = passages.flatMap(({ chunks: [first], start, end }) => (first ? { ...first, start, end } : []));
  return {
    question: golden.question,
    isJudged: golden.relevant.some(({ grade }) => grade > 0),
    ...scoreRanking(ranked, golden.relevant, k),
    latencyMs: timings.total,
    found: [...new Set(ranked.map(({ externalId, documentId }) => externalId ?? documentId))],
    answer: options.answers ? await measureAnswer(core, workspace, options, golden, signal) : null,
    error: null,
  };
}

async function measureAnswer(
  core: Services,
  workspace: Workspace,
  options: EvalOptions,
  golden: GoldenItem,
  signal: AbortSignal,
): Promise<EvalResult['answer']> {
  const nowhere = { threadId: '', questionId: '', messageId: '' };
  const turn = {
    ...{ workspace, ...nowhere, question: golden.question, mode: workspace.mode },
    ...{
      modelId: options.model ?? workspace.model,
      documentIds: undefined,
      metadata: undefined,
      images: [],
      history: [],
      historyStart: 0,
      maxAnswerTokens: workspace.maxAnswerTokens,
      thinking: workspace.thinking,
    },
    allowRemoteContent: false,
  };
  for await (const event of answerQuestion(core, turn, signal)) {
    if (event.type !== 'answer-end') continue;
    const { answer: text, citations, unsupported, finishReason, timings } = event;
    const refused = finishReason === 'refused';
    const embedder = await embedderOf(core, workspace);
    return {
      text,
      refused,
      isCorrectRefusal: refused !== golden.answerable,
      sentences: refused ? 0 : splitSentences(text).length,
      unsupported: unsupported.length,
      ...(await countSupported(text, citations, embedder, signal)),
      recall: golden.answer === null ? null : overlap(contentWords(golden.answer), new Set(contentWords(text))),
      latencyMs: timings.total,
    };
  }
  throw new AppError('MODEL_FAILED', 'The answer ended unexpectedly.');
}

const MARKER = /\[(\d+)\]/g;

/** Counts the sentences with a citation, and how many of them the cited passages support. */
async function countSupported(
  answer: string,
  citations: readonly Citation[],
  embedder: Embedder,
  signal: AbortSignal,
): Promise<{ cited: number; supported: number }> {
  let cited = 0;
  let supported = 0;
  for (const { start, end } of splitSentences(answer)) {
    const sentence = answer.slice(start, end);
    const numbers = new Set([...sentence.matchAll(MARKER)].map(([, digits]) => Number(digits)));
    const spans = citations.filter(({ n }) => numbers.has(n)).map((citation) => ({ ...citation, score: 0 }));
    if (spans.length === 0) continue;
    cited += 1;
    if ((await checkSupport(sentence, spans, embedder, signal)).length === 0) supported += 1;
  }
  return { cited, supported };
}
