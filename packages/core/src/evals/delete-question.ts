import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findQuestion } from './find-question.ts';

export async function deleteQuestion(core: Core, actor: Actor, questionId: string): Promise<void> {
  requireScope(actor, 'evals:write');
  await findQuestion(core, actor, questionId, 'editor');
  await core.stores.evals.removeQuestion(questionId);
}
