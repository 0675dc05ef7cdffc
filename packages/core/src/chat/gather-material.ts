import type { AnswerNotice } from '@lorebox/contract/chat';
import type { Document } from '@lorebox/contract/document';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import { chooseDocuments } from '../reading/choose-documents.ts';
import { classifyQuestion } from '../reading/classify-question.ts';
import type { QuestionKind } from '../reading/question-words.ts';
import { type ReadOptions, readDocuments } from '../reading/read-documents.ts';
import { answerFromTables } from '../tables/answer-from-tables.ts';
import { estimateTokens } from '../text/estimate-tokens.ts';
import type { Material } from './material.ts';
import type { PlannedTurn } from './prepare-prompt.ts';
import { retrievePassages } from './retrieve-passages.ts';
import type { Turn } from './turn.ts';

/** Tokens of a prompt besides the documents: rules, and a margin for the question and the history. */
const PROMPT_OVERHEAD = 400;
/** Share of the context window for pinned documents. */
const PINNED_SHARE = 0.5;
/** Tokens that are quoted without a model. */
const QUOTED_TOKENS = 500;
/** Lists and counts of more than can be read at once look at this many passages, in parts if a model reads them. */
const MANY_PASSAGES = { quoted: 40, read: 200 };

/** Collects what the question needs: passages, or whole documents for questions about them. */
export async function gatherMaterial(
  core: Services,
  turn: Turn,
  model: ChatModel,
  planned: PlannedTurn | null,
  signal: AbortSignal,
): Promise<Material> {
  const calculated = await answerFromTables(core, turn, signal);
  if (calculated) return calculated;
  const kind = classifyQuestion(turn.question);
  const options = readOptions(turn, planned);
  if (kind !== 'lookup') {
    const read = await readAbout(core, turn, kind, options, model, signal);
    if (read) return read;
  }
  const found = await retrievePassages(core, turn, model, signal);
  return addPinned(core, turn, found, { ...options, maxTokens: Math.floor(options.maxTokens * PINNED_SHARE) });
}

function readOptions(turn: Turn, planned: PlannedTurn | null): ReadOptions {
  if (!planned) return { maxTokens: QUOTED_TOKENS, countTokens: estimateTokens };
  const { budget, knowledge } = planned;
  const countTokens = (text: string) => estimateTokens(text, knowledge.profile);
  const fixed = countTokens(turn.question) + countTokens(turn.workspace.instructions) + PROMPT_OVERHEAD;
  const room = Math.min(budget.maxPromptTokens, budget.maxFreshTokens ?? Number.POSITIVE_INFINITY);
  return { maxTokens: Math.max(PROMPT_OVERHEAD, room - fixed), countTokens };
}

/** Reads the documents that the question is about. Null if there are none, or if a search is better. */
async function readAbout(
  core: Services,
  turn: Turn,
  kind: QuestionKind,
  options: ReadOptions,
  model: ChatModel,
  signal: AbortSignal,
): Promise<Material | null> {
  const started = performance.now();
  const { documents, isNamed } = await chooseDocuments(core, turn, kind);
  if (documents.length === 0) return null;
  const itemsWanted = kind === 'list' || kind === 'count' ? kind : null;
  // "How many goals did she score?" looks for a number in a text.
  if (kind === 'count' && !isNamed && documents.length > 1) return null;
  const read = await readDocuments(core.stores, documents, options);
  const documentsRead = new Set(read.passages.map(({ documentId }) => documentId)).size;
  const isComplete = documentsRead === documents.length && read.shortened.length === 0;
  // Items are found by search when the documents can't be read whole, because key sentences would miss most of them.
  if (itemsWanted && !isComplete) {
    return { ...(await searchMany(core, turn, documents, isNamed, model, signal)), itemsWanted };
  }
  return {
    basis: read.basis,
    passages: read.passages,
    mustRead: read.passages.length,
    promptTexts: read.promptTexts,
    facts: itemsWanted ? [countFact(documents, isNamed)] : [],
    times: [],
    tableQueries: [],
    notices: [],
    readNotices: isComplete ? [] : [partNotice(documents, documentsRead, read.shortened)],
    documentsMatching: documents.length,
    itemsWanted: kind === 'list' ? kind : null,
    mustStatePart: false,
    ms: performance.now() - started,
  };
}

/** Searches for many passages of the documents, for lists and counts. */
async function searchMany(
  core: Services,
  turn: Turn,
  documents: readonly Document[],
  isNamed: boolean,
  model: ChatModel,
  signal: AbortSignal,
): Promise<Material> {
  const documentIds = isNamed ? documents.map(({ id }) => id).slice(0, 1000) : turn.documentIds;
  const topK = Math.max(turn.workspace.topK, model.kind === 'extractive' ? MANY_PASSAGES.quoted : MANY_PASSAGES.read);
  const wider = { ...turn, documentIds, workspace: { ...turn.workspace, topK } };
  const found = await retrievePassages(core, wider, model, signal, { keepAll: true });
  return {
    ...found,
    facts: [countFact(documents, isNamed)],
    documentsMatching: documents.length,
    mustStatePart: true,
  };
}

async function addPinned(core: Services, turn: Turn, found: Material, options: ReadOptions): Promise<Material> {
  const pinned = (await core.stores.documents.listPinned(turn.workspace.id)).filter(
    ({ id }) => turn.documentIds === undefined || turn.documentIds.includes(id),
  );
  if (pinned.length === 0) return found;
  const read = await readDocuments(core.stores, pinned, options);
  const ids = new Set(pinned.map(({ id }) => id));
  const rest = found.passages
    .map((passage, i) => ({ passage, times: found.times[i] ?? null }))
    .filter(({ passage }) => !ids.has(passage.documentId));
  const offset = read.passages.length;
  const isShort =
    read.shortened.length > 0 || new Set(read.passages.map((each) => each.documentId)).size < pinned.length;
  return {
    ...found,
    passages: [...read.passages, ...rest.map(({ passage }, i) => ({ ...passage, n: offset + i + 1 }))],
    times: [...read.passages.map(() => null), ...rest.map(({ times }) => times)],
    similar: new Set(),
    mustRead: offset,
    promptTexts: read.promptTexts,
    readNotices: isShort ? [partNotice(pinned, pinned.length, read.shortened)] : [],
  };
}

function countFact(documents: readonly Document[], isNamed: boolean): string {
  const { length } = documents;
  const isOne = length === 1;
  if (!isNamed) return isOne ? 'There is 1 document.' : `There are ${length} documents.`;
  return `${length} ${isOne ? 'document matches' : 'documents match'} the question by title, name or date.`;
}

function partNotice(documents: readonly Document[], read: number, shortened: readonly Document[]): AnswerNotice {
  const fewer = read < documents.length ? `${read} of ${documents.length} documents were read. ` : '';
  const names = shortened.slice(0, 3).map(({ title }) => `"${title}"`);
  const what =
    shortened.length === 0
      ? ''
      : `Only the key sentences of ${names.join(', ')}${shortened.length > 3 ? ' and others' : ''} were read, because the text is longer than can be read at once and has no summary yet. `;
  const next = 'Ask about fewer documents, or choose a model that reads more.';
  return { code: 'partial-reading', message: `${fewer}${what}${next}` };
}
