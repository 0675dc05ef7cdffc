import type { LoreboxEvent } from '@lorebox/contract/event';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ListEventsInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** Events, such as documents that became ready or failed, finished answers, and created or deleted workspaces. */
export class Events {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Lists events, newest first.
   * @example
   * for await (const { timestamp, data } of lorebox.events.list({ type: 'document.failed' })) console.log(timestamp, data);
   */
  list({ cursor: first, ...input }: ListEventsInput = {}, options?: CallOptions): PageList<LoreboxEvent> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.events.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Streams events, starting now or after `lastEventId`, until you leave the loop or the signal aborts. Reconnects automatically.
   * @example
   * const [latest] = await lorebox.events.list().toArray(1);
   * await lorebox.workspaces.create({ name: 'Fresh' });
   * for await (const event of lorebox.events.watch({ lastEventId: latest?.id ?? '' })) {
   *   if (event.type === 'workspace.created') break;
   * }
   */
  watch({
    signal,
    ...input
  }: {
    workspace?: string | undefined;
    lastEventId?: string | undefined;
    signal?: AbortSignal | undefined;
  } = {}): AsyncIterable<LoreboxEvent> {
    return this.caller.subscribe<{ id: string; data: LoreboxEvent }, LoreboxEvent>(
      (handlers) => this.caller.client.events.watch.subscribe(input, handlers),
      ({ data }) => data,
      { signal },
    );
  }
}
