import type { Actor } from '@lorebox/contract/actor';
import type { AnswerStatus } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { requireAnswer } from './require-answer.ts';

export async function getAnswer(core: Core, actor: Actor, answerId: string): Promise<AnswerStatus> {
  await requireAnswer(core, actor, answerId);
  const answer = await core.stores.answers.get(answerId);
  if (!answer) throw new AppError('NOT_FOUND');
  const { id, workspaceId, threadId, questionId, messageId, state, startedAt } = answer;
  return { answerId: id, workspaceId, threadId, questionId, messageId, state, startedAt };
}
