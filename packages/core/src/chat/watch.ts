import type { Actor } from '@lorebox/contract/actor';
import type { AnswerEvent, AnswerStatus, WatchInput } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { seesThreadOf } from '../access/find-thread.ts';
import { visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { sleep } from '../background/sleep.ts';
import type { Core } from '../core.ts';

const POLL_MS = 500;

/** Replays the events of an answer after `lastEventId`, then follows it to its end. Leaving changes nothing. */
export async function* watch(
  core: Core,
  actor: Actor,
  input: WatchInput,
  signal?: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  await requireAnswer(core, actor, input.answerId);
  let seq = Number(input.lastEventId ?? 0);
  const live = core.answerHub.get(input.answerId);
  if (live) {
    yield* live.follow(seq, signal);
    return;
  }
  // It has ended, or another server is making it: the store knows.
  while (!signal?.aborted) {
    const { state } = (await core.stores.answers.get(input.answerId)) ?? { state: 'failed' };
    for (const event of await core.stores.answers.eventsAfter(input.answerId, seq)) {
      seq = event.seq;
      yield event;
    }
    if (state !== 'running') return;
    await sleep(POLL_MS, signal);
  }
}

/** Stops the turn; the model is told at once. An answer that has ended stays as it is. */
export async function cancel(core: Core, actor: Actor, answerId: string): Promise<void> {
  await requireAnswer(core, actor, answerId);
  core.answerHub.get(answerId)?.controller.abort('cancelled');
}

export async function getAnswer(core: Core, actor: Actor, answerId: string): Promise<AnswerStatus> {
  await requireAnswer(core, actor, answerId);
  const answer = await core.stores.answers.get(answerId);
  if (!answer) throw new AppError('NOT_FOUND');
  const { id, workspaceId, threadId, questionId, messageId, state, startedAt } = answer;
  return { answerId: id, workspaceId, threadId, questionId, messageId, state, startedAt };
}

/** @throws AppError NOT_FOUND for an answer that the actor may not see. */
export async function requireAnswer(core: Core, actor: Actor, answerId: string): Promise<void> {
  requireScope(actor, 'chat');
  const answer = await core.stores.answers.get(answerId);
  if (!answer || !seesThreadOf(actor, answer)) throw new AppError('NOT_FOUND');
  if (!(await core.stores.workspaces.find(answer.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
}
