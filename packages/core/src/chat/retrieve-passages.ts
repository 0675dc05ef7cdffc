import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import { type Retrieved, retrieve } from '../search/retrieve.ts';
import { contentWords } from '../text/content-words.ts';
import { joinTimes, timesWithin } from '../text/times-within.ts';
import type { Material } from './material.ts';
import type { Passage } from './passage.ts';
import { rewriteQuestion } from './rewrite-question.ts';
import type { Turn } from './turn.ts';

const SHORT_QUESTION_WORDS = 5;
/**
 * Chosen on the even questions of three judged sets: 0.1 % of the relevant passages are lost, and half of the others are
 * left out.
 */
const MIN_SCORE_SHARE = 0.4;
const MIN_HITS = 40;
/**
 * Cosine from which a passage is about the question: three standard deviations above the mean of unrelated pairs of the
 * multilingual model.
 */
const MIN_SIMILARITY = 0.42;

/** Searches for passages that may answer the question. `keepAll` keeps those that score far below the best. */
export async function retrievePassages(
  core: Services,
  turn: Turn,
  model: ChatModel,
  signal: AbortSignal,
  { keepAll = false } = {},
): Promise<Material> {
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
  const found = await retrieve(core, query, signal);
  const { timings, notices } = found;
  const passages = keepAll ? found.passages : dropUnrelated(found);
  return {
    basis: 'passages',
    passages: passages.map(toPassage),
    similar: new Set(passages.flatMap(({ vectorScore }, i) => ((vectorScore ?? 0) >= MIN_SIMILARITY ? [i + 1] : []))),
    times: passages.map(({ chunks }) => joinTimes(chunks)),
    mustRead: 0,
    promptTexts: new Map(),
    facts: [],
    tableQueries: [],
    notices: [...reworded.notices, ...notices],
    readNotices: [],
    documentsMatching: null,
    itemsWanted: null,
    mustStatePart: false,
    ms: timings.total,
  };
}

/**
 * Leaves out passages that score far below the best one: they have no relation to the question, and mislead small models.
 * Scores of a reranker have no common scale, and those of few hits are spread over the whole range.
 */
function dropUnrelated({ passages, hitCount }: Retrieved): Retrieved['passages'] {
  if (hitCount < MIN_HITS) return passages;
  const top = Math.min(1, passages[0]?.score ?? 0);
  return passages.filter(({ score, rerankScore }) => rerankScore !== null || score >= top * MIN_SCORE_SHARE);
}

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
