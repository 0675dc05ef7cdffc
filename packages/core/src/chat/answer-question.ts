import type { AnswerEventBody, ContextReport, Usage } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import type { Security, Services } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { chooseModel } from '../models/choose-model.ts';
import { type Retrieved, retrieve } from '../search/retrieve.ts';
import { contentWords } from '../text/content-words.ts';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { joinTimes, timesWithin } from '../text/times-within.ts';
import { AnswerFilter } from './answer-filter.ts';
import { buildPrompt, type FittedPrompt } from './build-prompt.ts';
import { checkSupport } from './check-support.ts';
import { cite } from './cite.ts';
import { expandPassages } from './expand-passages.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import type { Passage } from './passage.ts';
import { rewriteQuestion } from './rewrite-question.ts';
import { type ModelPart, streamModel } from './stream-model.ts';
import type { Turn } from './turn.ts';

type FinishReason = (AnswerEventBody & { type: 'answer-end' })['finishReason'];

/**
 * One turn: retrieve, build the prompt, stream the model, cite, check. All surfaces use these events. The caller stores
 * them. Throws any error; when aborted, throws the reason of the signal.
 */
export async function* answerQuestion(
  core: Services,
  turn: Turn,
  signal: AbortSignal,
): AsyncGenerator<AnswerEventBody> {
  const started = performance.now();
  const model = await chooseModel(core, turn.workspace, turn.modelId);
  if (turn.responseFormat && model.kind === 'extractive') {
    throw new AppError('BAD_REQUEST', 'A response format requires a language model, but this workspace only quotes.');
  }
  yield {
    type: 'answer-start',
    threadId: turn.threadId,
    questionId: turn.questionId,
    model: model.id,
    mode: turn.mode,
  };
  const retrieval = await retrievePassages(core, turn, model, signal);
  const fitted = await fitPassages(core, turn, model, retrieval.passages);
  const used = fitted?.used ?? retrieval.passages;
  yield { type: 'sources-found', sources: used, tableQueries: [], notices: retrieval.notices };

  const filter = new AnswerFilter(turn, used);
  let answer = '';
  let firstToken: number | null = null;
  let finishReason: FinishReason = 'stop';
  let usage: Usage | null = null;
  for await (const part of produce(turn, model, fitted, used, signal)) {
    if (part.type === 'finish') {
      finishReason = part.reason === 'tool-calls' ? 'other' : part.reason;
      usage = part.usage;
      continue;
    }
    firstToken ??= performance.now() - started;
    if (part.type === 'reasoning') {
      const event = filter.pushReasoning(part.text);
      if (event) yield event;
    }
    if (part.type !== 'text') continue;
    const reasoning = filter.endReasoning();
    if (reasoning) yield reasoning;
    const text = filter.push(part.text);
    answer += text;
    if (text !== '') yield { type: 'text-delta', text };
  }
  const heldBack = filter.finish();
  if (heldBack !== '') yield { type: 'text-delta', text: heldBack };
  answer += heldBack;

  const isRefusal =
    finishReason === 'refused' ||
    (turn.mode === 'query' && answer.trim() === filter.whole(turn.workspace.refusalText).trim());
  const isChecked = !isRefusal && model.kind === 'language-model';
  const context = reportContext(turn, model, retrieval.passages.length, fitted, used.length);
  yield {
    type: 'answer-end',
    messageId: turn.messageId,
    answer,
    citations: isRefusal ? [] : cite(turn.responseFormat ? stringsOf(answer) : answer, used, retrieval.times),
    unsupported: isChecked ? await checkSupport(answer, used, await embedderOf(core, turn.workspace), signal) : [],
    notices: [],
    finishReason: isRefusal ? 'refused' : finishReason,
    model: model.id,
    context,
    usage: usage ?? { inputTokens: context.promptTokens, outputTokens: estimateTokens(answer) },
    timings: { retrieve: retrieval.ms, firstToken, total: performance.now() - started },
  };
}

interface Retrieval {
  passages: Passage[];
  /** Speech times of each passage, in order. Null for documents other than recordings. */
  times: (SpeechTimes | null)[];
  notices: SearchNotice[];
  ms: number;
}

async function retrievePassages(core: Services, turn: Turn, model: ChatModel, signal: AbortSignal): Promise<Retrieval> {
  const { workspace, documentIds, metadata, question, history } = turn;
  const reworded = workspace.rewriteFollowUps
    ? await rewriteQuestion(model, question, history, signal)
    : { question: null, notices: [] };
  const query = {
    query: retrievalQuery(turn),
    queryVariants: reworded.question === null || reworded.question === question ? [] : [reworded.question],
    filter: { workspaceId: workspace.id, documentIds, metadata },
    mode: 'hybrid',
    limit: workspace.topK,
    similarityFloor: workspace.similarityFloor,
    reranker: workspace.reranker,
    localOnly: workspace.localOnly,
  } as const;
  const { passages, timings, notices } = await retrieve(core, query, signal);
  const times = passages.map(({ chunks }) => joinTimes(chunks));
  return { passages: passages.map(toPassage), times, notices: [...reworded.notices, ...notices], ms: timings.total };
}

/** 16 letters with 4 random bits each, so that a document can't guess the fence. */
const FENCE_LENGTH = 16;
const SHORT_QUESTION_WORDS = 5;

/** A short follow-up such as "And in 2023?" is searched together with the question before it. */
function retrievalQuery({ question, history }: Turn): string {
  const before = history.findLast((message) => message.role === 'user')?.text;
  if (!before || contentWords(question).length > SHORT_QUESTION_WORDS) return question;
  return `${question}\n${before.slice(0, 1000)}`;
}

function toPassage({ chunks, start, end, text, score }: Retrieved['passages'][number], i: number): Passage {
  const [first] = chunks;
  if (!first) throw new Error('a passage without chunks');
  const { chunkId, documentId, externalId, title, filename, page, section } = first;
  const place = { page, ...timesWithin(joinTimes(chunks), start, end), section, start, end };
  return { n: i + 1, chunkId, documentId, externalId, title, filename, ...place, text, score };
}

/**
 * Builds a prompt that fits the context window. Fills the rest with text around the passages if the workspace is
 * configured so.
 */
async function fitPassages(
  core: Services,
  turn: Turn,
  model: ChatModel,
  passages: readonly Passage[],
): Promise<FittedPrompt | null> {
  const fitted = fitPrompt(core, turn, model, passages);
  if (!fitted || !turn.workspace.expandSources || model.kind === 'extractive') return fitted;
  const remainingTokens = model.contextWindow - fitted.reservedForAnswer - fitted.promptTokens;
  const expanded = fitPrompt(
    core,
    turn,
    model,
    await expandPassages(core.stores.documents, fitted.used, remainingTokens),
  );
  // Token estimates of parts and of the whole differ slightly, so the expanded prompt is used only if it keeps all
  // passages.
  return expanded && expanded.used.length === fitted.used.length ? expanded : fitted;
}

/** Only letters, so that all fences have the same number of tokens. */
function makeFence({ secrets }: Security): string {
  const hex = secrets.digest(secrets.createToken()).slice(0, FENCE_LENGTH);
  return [...hex].map((digit) => String.fromCharCode(0x61 + Number.parseInt(digit, 16))).join('');
}

function fitPrompt(core: Services, turn: Turn, model: ChatModel, passages: readonly Passage[]): FittedPrompt | null {
  if (model.kind === 'extractive') return null;
  const { instructions, refusalText } = turn.workspace;
  const { mode, question, images, history } = turn;
  const fence = makeFence(core.security);
  return buildPrompt({
    fence,
    instructions,
    refusalText,
    mode,
    question,
    images,
    history,
    passages,
    contextWindow: model.contextWindow,
  });
}

/** Yields the parts of the answer: the refusal text, quotes, or the stream of the model. */
async function* produce(
  turn: Turn,
  model: ChatModel,
  fitted: FittedPrompt | null,
  used: readonly Passage[],
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const quoted = model.kind === 'extractive' ? extractiveAnswer(turn.question, used, model.reason) : null;
  const hasNothing = model.kind === 'extractive' ? quoted === null : used.length === 0 && turn.mode === 'query';
  if (hasNothing) {
    yield { type: 'text', text: turn.workspace.refusalText };
    yield { type: 'finish', reason: 'refused', usage: { inputTokens: 0, outputTokens: 0 } };
  } else if (model.kind === 'extractive') {
    yield { type: 'text', text: quoted ?? '' };
    yield { type: 'finish', reason: 'stop', usage: { inputTokens: 0, outputTokens: 0 } };
  } else {
    if (!fitted) throw new AppError('INTERNAL');
    const temperature = turn.workspace.temperature ?? undefined;
    yield* streamModel(model, { prompt: fitted.prompt, temperature, responseFormat: turn.responseFormat }, signal);
  }
}

/**
 * Returns the strings of a JSON answer, one per line: outside of strings, `[1]` is a list and not a citation. Empty for
 * other text.
 */
function stringsOf(json: string): string {
  const strings: string[] = [];
  try {
    JSON.parse(json, (_key, value) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
  } catch {
    return '';
  }
  return strings.join('\n');
}

function reportContext(
  turn: Turn,
  model: ChatModel,
  sourcesRetrieved: number,
  fitted: FittedPrompt | null,
  sourcesUsed: number,
): ContextReport {
  const historyUsed = fitted?.historyUsed ?? 0;
  return {
    window: model.kind === 'language-model' ? model.contextWindow : 0,
    promptTokens: fitted?.promptTokens ?? 0,
    reservedForAnswer: fitted?.reservedForAnswer ?? 0,
    basis: 'passages',
    documentsMatching: null,
    documentsRead: 0,
    sourcesRetrieved,
    sourcesUsed,
    sourcesCut: sourcesRetrieved - sourcesUsed,
    historyMessages: turn.history.length,
    historyUsed,
    historyCut: turn.history.length - historyUsed,
  };
}
