import { createId } from '@lorebox/contract/create-id';
import { isAppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, ConnectorRegistry, SourceHosts } from '@lorebox/ports/connector';
import type { Log, Vault } from '@lorebox/ports/runtime';
import type { OpenRun } from '@lorebox/ports/source-stores';
import { PollLoop } from '../background/poll-loop.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import type { SourceSignals } from '../core.ts';
import { createPacedFetch } from './paced-fetch.ts';
import { openConfig, parseConfig } from './source-config.ts';
import { SourceWatchers } from './source-watchers.ts';
import { messageOf, type SyncResult, SyncRun, type SyncRunDeps } from './sync-run.ts';

export interface SourceDeps extends SyncRunDeps {
  connectors: ConnectorRegistry;
  hosts: SourceHosts;
  vault: Vault;
  log: Log;
}

export interface SourceRunnerOptions {
  /** Sources being synced at the same time. */
  concurrency: number;
  /** Milliseconds between the tries of a sync run; it is given up after the last. */
  retryDelaysMs: readonly number[];
  /** The same for one request within a sync run. */
  requestRetryDelaysMs: readonly number[];
  /** Default: the real clock. */
  sleep?: Sleep;
}

const POLL_MS = 1000;
/** Due sources that may have to wait; others are looked for behind them. */
const SUSPECTS = 20;
/** With a full disk the same pass would be tried over and over. */
const POLL_INTERVAL_MS = 30_000;
const MAX_WAIT_MS = 30_000;
/** Another try will not help: somebody has to change something. */
const NON_RETRYABLE: readonly string[] = ['SOURCE_REFUSED', 'BAD_REQUEST', 'UNPROCESSABLE', 'URL_REFUSED', 'NOT_FOUND'];

/**
 * Syncs the sources whose time has come, for as long as it runs. How far a sync run is lies in the database: after a kill it goes
 * on from its last checkpoint, and what an ended pass still writes does not land.
 */
export class SourceRunner implements SourceSignals {
  private readonly deps: SourceDeps;
  private readonly options: SourceRunnerOptions;
  private readonly watchers: SourceWatchers;
  private readonly active = new Map<string, { cut: AbortController; done: Promise<void>; isSuspect: boolean }>();
  private readonly loop = new PollLoop({ tick: () => this.tryTick(), idle: (signal) => this.sleep(POLL_MS, signal) });
  private readonly sleep: Sleep;

  constructor(deps: SourceDeps, options: SourceRunnerOptions) {
    this.deps = deps;
    this.options = options;
    this.sleep = options.sleep ?? sleep;
    this.watchers = new SourceWatchers(deps, (source) => this.contextOf(source, deps.hosts.open()), this);
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  abort(sourceId: string): void {
    this.active.get(sourceId)?.cut.abort(new Error('cut'));
    this.loop.wake();
  }

  /** Passes are left where they are and go on after the next start. */
  async stop(): Promise<void> {
    await this.loop.stop();
    this.watchers.stop();
    await Promise.allSettled([...this.active.values()].map(({ done }) => done));
  }

  /** Syncs every source that is due, then returns: `start` for tests and one-off tools. */
  async runDue(): Promise<void> {
    for (;;) {
      const hasMore = await this.tryTick();
      if (!hasMore && this.active.size === 0) return;
      await Promise.all([...this.active.values()].map(({ done }) => done));
    }
  }

  private tryTick(): Promise<boolean> {
    return this.tick().catch((err) => {
      this.deps.log.error({ err }, 'source check failed');
      return false;
    });
  }

  /** True when there is more to do at once. */
  private async tick(): Promise<boolean> {
    const { sources, clock } = this.deps;
    const now = new Date(clock.now());
    const free = this.options.concurrency - this.active.size;
    const due = free > 0 ? await sources.due(now, SUSPECTS + free + this.active.size) : [];
    for (const { id, isSuspect } of due) {
      if (this.active.size >= this.options.concurrency) break;
      // Suspects go one at a time: so it shows which of them is to blame.
      const mustWait = isSuspect && [...this.active.values()].some((run) => run.isSuspect);
      if (!this.active.has(id) && !mustWait) this.begin(id, isSuspect);
    }
    await this.watchers.refresh();
    const isClean = await sources.removeStep(now);
    if (!isClean) this.deps.wakeIngest();
    return !isClean;
  }

  private begin(id: string, isSuspect: boolean): void {
    const cut = new AbortController();
    const signal = AbortSignal.any([cut.signal, this.loop.signal]);
    const done = this.sync(id, signal)
      .catch(async (err) => {
        this.deps.log.error({ err, source: id }, 'sync run outcome not stored');
        await this.sleep(POLL_INTERVAL_MS, signal);
      })
      .finally(() => {
        this.active.delete(id);
        this.loop.wake();
      });
    this.active.set(id, { cut, done, isSuspect });
  }

  private async sync(id: string, signal: AbortSignal): Promise<void> {
    const { sources, clock, log } = this.deps;
    const run = await sources.beginRun(id, createId('run'), new Date(clock.now()));
    if (!run) return;
    const at = clock.now();
    try {
      const { isFull, heldBack } = await this.syncItems(run, signal);
      const message = heldBack === 0 ? null : heldBackWarning(heldBack);
      const end = { state: 'succeeded', isFull, message, hasHeldBack: heldBack > 0 } as const;
      await sources.endRun(run, end, new Date(clock.now()));
      log.info({ source: id, run: run.runId, ms: Math.round(clock.now() - at) }, 'sync run succeeded');
    } catch (error) {
      // Whoever cut it has written down why.
      if (signal.aborted || (isAppError(error) && error.code === 'CONFLICT')) return;
      await this.fail(run, error);
    }
  }

  private async syncItems(run: OpenRun, signal: AbortSignal): Promise<SyncResult> {
    const { connectors, hosts, sources } = this.deps;
    const connector = await connectors.find(run.source.connector);
    if (!connector) throw new Error(`This server has no connector "${run.source.connector}".`);
    const host = hosts.open();
    try {
      const context = await this.contextOf({ source: run.source, connector, signal }, host);
      const known = (externalId: string) => sources.known(run.source.id, externalId);
      const items = connector.sync({ ...context, cursor: run.cursor, known });
      return await new SyncRun(this.deps, run, signal, connector.parallel ?? 1).process(items);
    } finally {
      await host.close();
    }
  }

  private async contextOf(
    { source, connector, signal }: { source: OpenRun['source']; connector: Connector; signal: AbortSignal },
    host: ReturnType<SourceHosts['open']>,
  ): Promise<ConnectorContext> {
    const { vault, clock, log } = this.deps;
    const fetch = createPacedFetch((url, request) => host.fetch(url, { ...request, signal }), {
      requestsPerSecond: source.requestsPerSecond ?? connector.requestsPerSecond,
      retryDelaysMs: this.options.requestRetryDelaysMs,
      longestWaitMs: MAX_WAIT_MS,
      signal,
      clock,
      sleep: this.sleep,
    });
    const config = parseConfig(connector, openConfig(source, vault));
    return { config, host: { ...host, fetch }, signal, log, clock };
  }

  private async fail(run: OpenRun, error: unknown): Promise<void> {
    const { sources, clock, log } = this.deps;
    const code = isAppError(error) ? error.code : null;
    if (code === null) log.error({ err: error, source: run.source.id }, 'sync run failed');
    const message = messageOf(error);
    const now = clock.now();
    const delay = this.options.retryDelaysMs[run.attempts];
    if (delay === undefined || (code !== null && NON_RETRYABLE.includes(code))) {
      await sources.endRun(run, { state: 'failed', isFull: false, message }, new Date(now));
      return;
    }
    const asked = isAppError(error) ? (error.retryAfter ?? 0) * 1000 : 0;
    await sources.postponeRun(run, message, new Date(now + Math.max(delay, asked)));
  }
}

function heldBackWarning(count: number): string {
  return `${count} items are missing from the source. They will be removed if the next sync run doesn't find them either; a full sync removes them now.`;
}
