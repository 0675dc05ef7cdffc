import type { Actor } from '@lorebox/contract/actor';
import type { AnswerEvent, WatchInput } from '@lorebox/contract/chat';
import { sleep } from '../background/sleep.ts';
import type { Core } from '../core.ts';
import { requireAnswer } from './require-answer.ts';

const POLL_MS = 500;

/**
 * Replays the events of an answer after `lastEventId`, then yields live ones until it ends. The answer continues when
 * the watcher leaves.
 */
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
    yield* live.subscribe(seq, signal);
    return;
  }
  // The answer has ended, or another server is writing it, so its events come from the store.
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
