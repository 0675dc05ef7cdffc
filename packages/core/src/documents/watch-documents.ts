import type { Actor } from '@lorebox/contract/actor';
import type { IngestEvent } from '@lorebox/contract/document';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

const BATCH = 200;
/** Interval at which access is checked again while a stream is open. */
const POLL_MS = 2000;

/**
 * Yields the ingest events of a workspace after `lastEventId`, or new ones if it is omitted, until the signal is aborted.
 */
export async function* watchDocuments(
  core: Core,
  actor: Actor,
  input: { workspace: string; lastEventId?: string | undefined },
  signal?: AbortSignal,
): AsyncGenerator<IngestEvent> {
  requireScope(actor, 'documents:read');
  const { id } = await findWorkspace(core, actor, input.workspace, 'viewer');
  let last = input.lastEventId === undefined ? await core.stores.documents.lastEventId(id) : Number(input.lastEventId);
  while (!signal?.aborted) {
    const events = await core.stores.documents.eventsAfter(id, last, BATCH);
    for (const event of events) yield event;
    last = events.at(-1)?.id ?? last;
    if (events.length === BATCH) continue;
    await core.signals.ingest.changed(POLL_MS, signal);
    await findWorkspace(core, actor, id, 'viewer');
  }
}
