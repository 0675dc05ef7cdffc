import type { ConnectorInfo, SourceRun, SyncSource } from '@lorebox/contract/source';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateSourceInput, UpdateSourceInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import { pause } from '../pause.ts';
import type { ListOptions } from './list-options.ts';

const POLL_MS = 250;

/** Places to sync documents from: websites, folders, repositories, mailboxes. */
export class Sources {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Lists the connectors and the settings of each.
   * @example
   * for (const { id, configSchema } of await lorebox.sources.connectors()) console.log(id, configSchema);
   */
  async connectors(options?: CallOptions): Promise<ConnectorInfo[]> {
    const { connectors } = await this.caller.run(
      (request) => this.caller.client.sources.connectors.query(undefined, request),
      options,
    );
    return connectors;
  }

  /**
   * Creates a source and starts the first sync run. By default, it is synced every hour; see `everyMinutes`.
   * @example
   * const config = { urls: [siteUrl], depth: 1 };
   * const { id } = await lorebox.sources.create('demo', { connector: 'website', config, everyMinutes: 1440 });
   */
  create(workspace: string, input: CreateSourceInput, options?: CallOptions): Promise<SyncSource> {
    return this.caller.run(
      (request) => this.caller.client.sources.create.mutate({ ...input, workspace }, request),
      options,
    );
  }

  /**
   * Lists the sources of a workspace, newest first.
   * @example
   * for await (const { name, state, lastRun } of lorebox.sources.list('demo')) console.log(name, state, lastRun?.counts);
   */
  list(workspace: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<SyncSource> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.sources.list.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a source with its last sync run.
   * @example
   * const [source] = await lorebox.sources.list('demo').toArray(1);
   * const { lastRun } = await lorebox.sources.get(source?.id ?? '');
   */
  get(sourceId: string, options?: CallOptions): Promise<SyncSource> {
    return this.caller.run((request) => this.caller.client.sources.get.query({ sourceId }, request), options);
  }

  /**
   * Updates, enables or disables a source. Omitted secrets keep their value.
   * @example
   * const [source] = await lorebox.sources.list('demo').toArray(1);
   * await lorebox.sources.update(source?.id ?? '', { everyMinutes: 15 });
   */
  update(sourceId: string, changes: UpdateSourceInput, options?: CallOptions): Promise<SyncSource> {
    const input = { ...changes, sourceId };
    return this.caller.run((request) => this.caller.client.sources.update.mutate(input, request), options);
  }

  /**
   * Deletes a source, with or without its documents.
   * @example
   * const { id } = await lorebox.sources.create('demo', { connector: 'website', config: { urls: [siteUrl] } });
   * await lorebox.sources.delete(id, { keepDocuments: false });
   */
  async delete(sourceId: string, input: { keepDocuments: boolean }, options?: CallOptions): Promise<void> {
    await this.caller.run(
      (request) => this.caller.client.sources.delete.mutate({ ...input, sourceId }, request),
      options,
    );
  }

  /**
   * Starts a sync run. `full` lists and reads everything again.
   * @example
   * const [source] = await lorebox.sources.list('demo').toArray(1);
   * await lorebox.sources.run(source?.id ?? '', { full: true });
   */
  run(sourceId: string, input: { full?: boolean | undefined } = {}, options?: CallOptions): Promise<SyncSource> {
    return this.caller.run(
      (request) => this.caller.client.sources.run.mutate({ ...input, sourceId }, request),
      options,
    );
  }

  /**
   * Cancels the running, waiting or queued sync run.
   * @example
   * const { id } = await lorebox.sources.create('demo', { connector: 'website', config: { urls: [siteUrl] } });
   * await lorebox.sources.cancel(id);
   */
  cancel(sourceId: string, options?: CallOptions): Promise<SyncSource> {
    return this.caller.run((request) => this.caller.client.sources.cancel.mutate({ sourceId }, request), options);
  }

  /**
   * Lists sync runs, newest first, with the items that couldn't be read.
   * @example
   * const [source] = await lorebox.sources.list('demo').toArray(1);
   * for await (const { state, problems } of lorebox.sources.runs(source?.id ?? '')) console.log(state, problems);
   */
  runs(sourceId: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<SourceRun> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.sources.runs.query({ ...input, sourceId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Waits until no sync run is running or queued, and returns the source. Also returns when a sync run waits for a retry.
   * @example
   * const [source] = await lorebox.sources.list('demo').toArray(1);
   * const { lastRun } = await lorebox.sources.waitUntilSynced(source?.id ?? '');
   */
  async waitUntilSynced(sourceId: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<SyncSource> {
    for (;;) {
      const source = await this.get(sourceId, { signal });
      if (source.state === 'idle' || source.state === 'waiting') return source;
      await pause(POLL_MS, signal);
    }
  }
}
