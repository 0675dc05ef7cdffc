import type { Actor } from '@lorebox/contract/actor';
import type { LoreboxEvent } from '@lorebox/contract/event';
import { requireScope } from '../access/require-scope.ts';
import { resolveScope } from '../access/resolve-scope.ts';
import type { Core } from '../core.ts';

const BATCH = 200;

const POLL_MS = 1000;

/** Yields the events after `lastEventId`, or new ones if it is omitted, until the signal is aborted. */
export async function* watchEvents(
  core: Core,
  actor: Actor,
  input: { workspace?: string | undefined; lastEventId?: string | undefined },
  signal?: AbortSignal,
): AsyncGenerator<LoreboxEvent> {
  requireScope(actor, 'events:read');
  const workspaceId = await resolveScope(core, actor, input.workspace);
  let last = input.lastEventId ?? (await core.stores.events.lastId());
  while (!signal?.aborted) {
    const events = await core.stores.events.after(last, workspaceId, BATCH);
    for (const event of events) yield event;
    last = events.at(-1)?.id ?? last;
    if (events.length < BATCH) await core.signals.ingest.changed(POLL_MS, signal);
  }
}
