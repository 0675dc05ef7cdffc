import { createId } from '@lorebox/contract/create-id';
import type { AddedQuestions, GoldenItem, GoldenQuestion } from '@lorebox/contract/eval';
import type { Core } from '../core.ts';

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
