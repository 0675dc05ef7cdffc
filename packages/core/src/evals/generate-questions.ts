import type { Actor } from '@lorebox/contract/actor';
import type { Chunk, Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { AddedQuestions, GenerateQuestionsInput, GoldenItem } from '@lorebox/contract/eval';
import type { ChatModel } from '@lorebox/ports/chat-model';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { RepetitionGuard } from '../chat/repetition-guard.ts';
import { streamModel } from '../chat/stream-model.ts';
import type { Core } from '../core.ts';
import { chooseModel } from '../models/choose-model.ts';
import { requireMayOverride } from '../models/require-may-override.ts';
import { storeQuestions } from './store-questions.ts';

const PAGE = 200;
/** Maximum number of documents that passages are picked from. */
const MAX_DOCUMENTS = 2000;
const MIN_TOKENS = 40;
const MAX_QUESTION_LENGTH = 400;
const MAX_QUESTION_TOKENS = 200;
const RULES =
  'Write one question that a reader of the whole collection could ask and that this passage answers. Name what it is about: the reader does not see the passage. ' +
  'Do not copy its sentences. Reply with the question alone, in the language of the passage.';

/** Generates questions about passages from across the workspace. Eval runs use them only after a review. */
export async function generateQuestions(
  core: Core,
  actor: Actor,
  input: GenerateQuestionsInput,
  signal: AbortSignal,
): Promise<AddedQuestions> {
  requireScope(actor, 'evals:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  requireMayOverride(workspace, input.model);
  const model = await chooseModel(core, workspace, input.model ?? workspace.model);
  if (model.kind === 'extractive')
    throw new AppError('BAD_REQUEST', 'Generating questions requires a language model, but none is configured.');
  const items: GoldenItem[] = [];
  for (const { document, chunk } of await pickPassages(core, workspace.id, input.count)) {
    const question = await askForQuestion(model, document, chunk, signal);
    if (!question) continue;
    const place = { document: document.id, start: chunk.start, end: chunk.end, grade: 1 };
    items.push({ question, relevant: [place], answer: null, answerable: true });
  }
  if (items.length === 0) return { added: 0, replaced: 0 };
  return storeQuestions(core, workspace.id, items, { source: 'generated', approved: false });
}

/** Picks passages evenly across documents, and several per document if there are few. */
async function pickPassages(
  core: Core,
  workspaceId: string,
  count: number,
): Promise<{ document: Document; chunk: Chunk }[]> {
  const documents: Document[] = [];
  for (let cursor: string | undefined; documents.length < MAX_DOCUMENTS; ) {
    const page = await core.stores.documents.list({ workspaceId, status: 'ready', limit: PAGE, cursor });
    documents.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (documents.length === 0)
    throw new AppError('BAD_REQUEST', 'The workspace has no documents to generate questions from.');
  const picked: { document: Document; chunk: Chunk }[] = [];
  for (let i = 0; i < count; i += 1) {
    const document = documents[Math.floor((i * documents.length) / count)];
    if (!document) continue;
    // Varies the position within the document if it has several chunks.
    const ordinal = Math.floor((((i * 7) % 11) / 11) * document.chunks);
    const { items } = await core.stores.documents.listChunks(document.id, { limit: 5, cursor: String(ordinal - 1) });
    const chunk = items.find(({ tokens }) => tokens >= MIN_TOKENS) ?? items[0];
    if (chunk && !picked.some((known) => known.chunk.id === chunk.id)) picked.push({ document, chunk });
  }
  return picked;
}

async function askForQuestion(
  model: Extract<ChatModel, { kind: 'language-model' }>,
  { title }: Document,
  { text }: Chunk,
  signal: AbortSignal,
): Promise<string | null> {
  const passage = `Passage from "${title}":\n\n${text}`;
  const prompt = [
    { role: 'system' as const, content: RULES },
    { role: 'user' as const, content: [{ type: 'text' as const, text: passage }] },
  ];
  let written = '';
  const guard = new RepetitionGuard();
  for await (const part of streamModel(
    model,
    { prompt, maxOutputTokens: MAX_QUESTION_TOKENS, reasoning: 'none' },
    signal,
  )) {
    if (part.type !== 'text') continue;
    written += part.text;
    if (guard.push(part.text)) break;
  }
  const question =
    written
      .trim()
      .split('\n')[0]
      ?.replace(/^["“]|["”]$/g, '')
      .trim() ?? '';
  return question === '' || question.length > MAX_QUESTION_LENGTH ? null : question;
}
