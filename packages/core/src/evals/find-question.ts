import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { GoldenQuestion } from '@lorebox/contract/eval';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import type { Core } from '../core.ts';

export async function findQuestion(
  core: Core,
  actor: Actor,
  questionId: string,
  needed: MemberRole,
): Promise<GoldenQuestion> {
  const question = await core.stores.evals.getQuestion(questionId);
  if (!question) throw new AppError('NOT_FOUND');
  await findWorkspace(core, actor, question.workspaceId, needed);
  return question;
}
