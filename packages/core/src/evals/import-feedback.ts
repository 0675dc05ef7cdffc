import type { Actor } from '@lorebox/contract/actor';
import type { AddedQuestions } from '@lorebox/contract/eval';
import { threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { storeQuestions } from './store-questions.ts';

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
