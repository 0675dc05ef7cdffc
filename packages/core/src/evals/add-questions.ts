import type { Actor } from '@lorebox/contract/actor';
import type { AddedQuestions, AddQuestionsInput } from '@lorebox/contract/eval';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { storeQuestions } from './store-questions.ts';

export async function addQuestions(core: Core, actor: Actor, input: AddQuestionsInput): Promise<AddedQuestions> {
  requireScope(actor, 'evals:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  return storeQuestions(core, workspace.id, input.items, { source: 'given', approved: true });
}
