import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { requireAnswer } from './require-answer.ts';

/** Stops the turn and the model call. An answer that has ended is not changed. */
export async function cancel(core: Core, actor: Actor, answerId: string): Promise<void> {
  await requireAnswer(core, actor, answerId, 'change');
  core.answerHub.get(answerId)?.controller.abort('cancelled');
}
