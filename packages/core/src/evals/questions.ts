import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type {
  AddedQuestions,
  AddQuestionsInput,
  GoldenItem,
  GoldenQuestion,
  ListQuestionsInput,
  UpdateQuestionInput,
} from '@lorebox/contract/eval';
import type { Page } from '@lorebox/contract/page';
import type { MemberRole } from '@lorebox/contract/workspace';
import { threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';

export async function addQuestions(core: Core, actor: Actor, input: AddQuestionsInput): Promise<AddedQuestions> {
  requireScope(actor, 'evals:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  return storeQuestions(core, workspace.id, input.items, { source: 'given', approved: true });
}

export async function storeQuestions(
  core: Core,
  workspaceId: string,
  items: readonly GoldenItem[],
  about: Pick<GoldenQuestion, 'source' | 'approved'>,
): Promise<AddedQuestions> {
  const createdAt = new Date(core.clock.now());
  return core.stores.evals.addQuestions(
    items.map((item) => ({ ...item, id: createId('gq'), workspaceId, createdAt, ...about })),
  );
}

export async function listQuestions(
  core: Core,
  actor: Actor,
  input: ListQuestionsInput,
): Promise<Page<GoldenQuestion>> {
  requireScope(actor, 'evals:read');
  const { workspace: ref, ...query } = input;
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.evals.listQuestions({ ...query, workspaceId: workspace.id });
}

export async function getQuestion(core: Core, actor: Actor, questionId: string): Promise<GoldenQuestion> {
  requireScope(actor, 'evals:read');
  return findQuestion(core, actor, questionId, 'viewer');
}

export async function updateQuestion(core: Core, actor: Actor, input: UpdateQuestionInput): Promise<GoldenQuestion> {
  requireScope(actor, 'evals:write');
  const { questionId, ...change } = input;
  const known = await findQuestion(core, actor, questionId, 'editor');
  await core.stores.evals.updateQuestion(questionId, withoutUndefined(change));
  return { ...known, ...withoutUndefined(change) };
}

export async function deleteQuestion(core: Core, actor: Actor, questionId: string): Promise<void> {
  requireScope(actor, 'evals:write');
  await findQuestion(core, actor, questionId, 'editor');
  await core.stores.evals.removeQuestion(questionId);
}

async function findQuestion(core: Core, actor: Actor, questionId: string, needed: MemberRole): Promise<GoldenQuestion> {
  const question = await core.stores.evals.getQuestion(questionId);
  if (!question) throw new AppError('NOT_FOUND');
  await findWorkspace(core, actor, question.workspaceId, needed);
  return question;
}

/**
 * Makes golden questions of the answers that were rated up: their citations are the relevant places. Threads are private, so
 * these are the caller's own, and those that somebody shared when they rated them.
 */
export async function importFeedback(core: Core, actor: Actor, ref: string): Promise<AddedQuestions> {
  requireScope(actor, 'evals:write');
  const workspace = await findWorkspace(core, actor, ref, 'owner');
  const items = (await core.stores.evals.ratedUp(workspace.id, threadViewerOf(actor))).map(
    ({ question, answer, places }) => ({
      question,
      answer,
      answerable: true,
      relevant: places.map(({ documentId, start, end }) => ({ document: documentId, start, end, grade: 1 })),
    }),
  );
  if (items.length === 0) return { added: 0, replaced: 0 };
  return storeQuestions(core, workspace.id, items, { source: 'feedback', approved: true });
}
