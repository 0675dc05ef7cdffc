import type { Actor } from '@lorebox/contract/actor';
import type { GoldenQuestion, UpdateQuestionInput } from '@lorebox/contract/eval';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findQuestion } from './find-question.ts';

export async function updateQuestion(core: Core, actor: Actor, input: UpdateQuestionInput): Promise<GoldenQuestion> {
  requireScope(actor, 'evals:write');
  const { questionId, ...change } = input;
  const known = await findQuestion(core, actor, questionId, 'editor');
  await core.stores.evals.updateQuestion(questionId, withoutUndefined(change));
  return { ...known, ...withoutUndefined(change) };
}
