import type { Actor } from '@lorebox/contract/actor';
import type { GoldenQuestion } from '@lorebox/contract/eval';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findQuestion } from './find-question.ts';

export async function getQuestion(core: Core, actor: Actor, questionId: string): Promise<GoldenQuestion> {
  requireScope(actor, 'evals:read');
  return findQuestion(core, actor, questionId, 'viewer');
}
