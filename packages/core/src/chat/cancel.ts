import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { requireAnswer } from './require-answer.ts';

/** Stops the turn; the model is told at once. An answer that has ended stays as it is. */
export async function cancel(core: Core, actor: Actor, answerId: string): Promise<void> {
  await requireAnswer(core, actor, answerId);
  core.answerHub.get(answerId)?.controller.abort('cancelled');
}
